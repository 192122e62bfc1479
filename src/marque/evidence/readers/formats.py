"""Which reader reads which kind of capture.

Only the reader of a kind that is met is loaded: starting takes longer than reading a small capture.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from marque.evidence import limits
from marque.evidence.model import Capture, Part, Problem
from marque.evidence.readers import gzipped, records, window
from marque.evidence.readers.body import Budget
from marque.evidence.readers.item import Item
from marque.evidence.readers.records import Grammar
from marque.evidence.readers.stream import Stream
from marque.evidence.readers.window import Window

if TYPE_CHECKING:
    from marque.evidence.readers.wacz import Package


class Opened(NamedTuple):
    """A capture being read: its records, and the addresses it lists as its pages."""

    items: Iterator[Item | Problem]
    listed: frozenset[str] = frozenset()


def open_capture(capture: Capture) -> Opened:
    """The records of a capture, by the reader of its kind."""
    return READERS[capture.kind](capture)


def unpacked_of(raw: Window, member: str, kind: str) -> Window:
    """A window on the records of a file, its compression undone where it has any."""
    raw.look(3)
    if not raw.buf.startswith(gzipped.MAGIC[:2], raw.pos):
        return raw
    grammar = GRAMMARS[kind]
    return Window(gzipped.members(raw, member, lambda data: grammar.line(data, 0)))


def records_of(raw: Window, member: str, kind: str, budget: Budget, ordinal: int = 0) -> Stream:
    """The records of one WARC or ARC file."""
    return _stream(kind)(unpacked_of(raw, member, kind), member, budget, ordinal)


def _stream(kind: str) -> type[Stream]:
    if kind == "arc":
        from marque.evidence.readers import arc

        return arc.Reader
    from marque.evidence.readers import warc

    return warc.Reader


def no_budget() -> Budget:
    """For one record, or none: what a single payload may cost is limited by itself."""
    return Budget.of(0)


def _records(capture: Capture) -> Opened:
    part = capture.parts[""]
    return Opened(iter(records_of(window.of_part(part), "", capture.kind, Budget.of(part.length))))


def _wacz(capture: Capture) -> Opened:
    from marque.evidence.readers import wacz, zipdir

    part = capture.parts[""]
    found = wacz.package(part, zipdir.directory(part))
    return Opened(_archives(part, found), found.listed)


def _archives(part: Part, found: "Package") -> Iterator[Item | Problem]:
    """The records of every archive in a WACZ, members by name, ordinals counting on."""
    from marque.evidence.readers import zipped

    yield from found.problems
    ordinal, budget = 0, Budget.of(part.length)
    for member in found.archives:
        window = zipped.opened(part, member)
        kind = kind_of_window(window)
        if kind is None:
            yield Problem("read.wacz-not-records", member.header, member.name)
            continue
        reader = records_of(window, member.name, kind, budget, ordinal)
        yield from reader
        ordinal = reader.ordinal


def _har(capture: Capture) -> Opened:
    from marque.evidence.readers import har

    return Opened(har.read(capture))


def _mhtml(capture: Capture) -> Opened:
    from marque.evidence.readers import mhtml

    return Opened(mhtml.items(capture, Budget.of(capture.parts[""].length)))


def _saved(capture: Capture) -> Opened:
    from marque.evidence.readers import savedpage

    size = sum(part.length for part in capture.parts.values())
    return Opened(savedpage.items(capture, Budget.of(size)))


def kind_of_window(window: Window, *, record: bool = False) -> str | None:
    """Whether WARC or ARC records stand at a window, compressed or not; nothing is taken.

    `record`: any record will do, not only one that begins a file.
    """
    window.look(4 * limits.KIB)
    head = window.buf[window.pos : window.pos + 4 * limits.KIB]
    plain = gzipped.begin(head) if head.startswith(gzipped.MAGIC[:2]) else head
    return records.kind_of_record(plain) if record else records.kind_of(plain)


GRAMMARS: dict[str, Grammar] = {"warc": records.WARC, "arc": records.ARC}
READERS: dict[str, Callable[[Capture], Opened]] = {
    "warc": _records,
    "arc": _records,
    "wacz": _wacz,
    "har": _har,
    "har-files": _har,
    "mhtml": _mhtml,
    "saved-page": _saved,
}
