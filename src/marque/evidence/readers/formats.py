"""Which reader reads which kind of capture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marque.evidence.model import Capture, Problem
from marque.evidence.readers import gzipped, window
from marque.evidence.readers.body import Budget
from marque.evidence.readers.item import Item
from marque.evidence.readers.warc import Reader
from marque.evidence.readers.window import Window


@dataclass(frozen=True, slots=True)
class Opened:
    """A capture being read: its records, and the addresses it lists as its pages."""

    items: Iterator[Item | Problem]
    listed: frozenset[str] = frozenset()


def open_capture(capture: Capture) -> Opened:
    """The records of a capture, by the reader of its kind."""
    return READERS[capture.kind](capture)


def stream(raw: Window, member: str, sound: Callable[[bytes], bool]) -> Window:
    """A window on the records of a file, its compression undone where it has any."""
    raw.look(3)
    if raw.buf.startswith(gzipped.MAGIC[:2], raw.pos):
        return Window(gzipped.members(raw, member, sound))
    return raw


def _warc(capture: Capture) -> Opened:
    part = capture.parts[""]
    records = stream(window.of_part(part), "", lambda data: data.startswith(b"WARC/"))
    return Opened(iter(Reader(records, "", Budget.of(part.length))))


READERS: dict[str, Callable[[Capture], Opened]] = {"warc": _warc}
