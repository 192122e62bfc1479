"""Where the text of a HAR and the bodies it keeps in files of their own lie: alone, in a zip, or in a folder.

Playwright writes bodies beside the HAR or both into one zip (`_file` names them); others zip a HAR to make it small.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.model import Capture, Part, Problem
from marque.evidence.readers.window import of_part

FILES = "har-files"
_ENDS = ".har"
_NAMED = re.compile(rb'"_file"\s{0,20}:\s{0,20}"([^"\\/\x00-\x1f]{1,255})"')
_OVERLAP = 512
_ZIP = b"PK\x03\x04"

Faults = list[tuple[str, tuple[tuple[str, str], ...]]]
Attached = Callable[[str, Faults], Iterator[bytes] | None]


class Source(NamedTuple):
    """One HAR: its text, its length, the member it is, the bodies kept beside it, and what is wrong around it."""

    chunks: Callable[[], Iterator[bytes]]
    length: int
    member: str
    attached: Attached
    problems: tuple[Problem, ...] = ()


def har_in(names: list[str]) -> str | None:
    """The one HAR among the members of a zip file."""
    found = [name for name in names if name.lower().endswith(_ENDS)]
    top = [name for name in found if "/" not in name] or found
    return top[0] if len(top) == 1 else None


def source_of(capture: Capture) -> Source:
    """The text of a capture's HAR and what belongs to it."""
    if capture.kind == FILES:
        return _in_folder(capture)
    part = capture.parts[""]
    window = of_part(part)
    window.look(4)
    if window.buf.startswith(_ZIP):
        return _in_zip(part)
    return Source(lambda: of_part(part).chunks(part.length), part.length, "", lambda name, faults: None)


def _in_folder(capture: Capture) -> Source:
    main = capture.parts[capture.name]

    def attached(name: str, faults: Faults) -> Iterator[bytes] | None:
        part = capture.parts.get(name)
        return of_part(part).chunks(part.length) if part is not None and name != capture.name else None

    return Source(lambda: of_part(main).chunks(main.length), main.length, "", attached)


def _in_zip(part: Part) -> Source:
    from marque.evidence.readers import zipdir, zipped

    found = zipdir.directory(part)
    problems = [*found.problems, *(Problem(m.fault, m.header, m.name[:200]) for m in found.members if m.fault)]
    sound = {member.name: member for member in found.members if member.fault is None}
    name = har_in(list(sound))
    if name is None:
        return Source(lambda: iter(()), 0, "", lambda name, faults: None, tuple(problems))

    def content(member: zipdir.Member, faults: Faults) -> Iterator[bytes]:
        window, crc = zipped.opened(part, member), 0
        for chunk in window.chunks(member.size + 1):
            crc = zlib.crc32(chunk, crc)
            yield chunk
        faults += [(fault.code, fault.params) for _, fault in window.faults]
        if not window.faults and crc != member.crc:
            faults.append(("read.zip-crc", ()))

    def attached(wanted: str, faults: Faults) -> Iterator[bytes] | None:
        member = sound.get(wanted)
        return content(member, faults) if member is not None and wanted != name else None

    main = sound[name]
    around: Faults = []
    for _ in content(main, around):
        pass
    problems += [Problem(code, main.header, name, params) for code, params in around]
    return Source(lambda: content(main, []), main.size, name, attached, tuple(problems))


def named_files(path: Path) -> Iterator[Path]:
    """The files beside a HAR that it says its bodies are kept in."""
    seen: set[str] = set()
    for name in _names(path):
        beside = path.with_name(name)
        if name in seen or name == path.name or len(seen) >= limits.FILES:
            continue
        seen.add(name)
        if beside.is_file() and not beside.is_symlink():
            yield beside


def _names(path: Path) -> Iterator[str]:
    """What stands behind `_file` anywhere in the text."""
    kept = b""
    with path.open("rb") as stream:
        while data := stream.read(limits.CHUNK):
            text = kept + data
            for match in _NAMED.finditer(text) if b'"_file"' in text else ():
                yield match[1].decode("utf-8", "surrogateescape")
            kept = text[-_OVERLAP:]
