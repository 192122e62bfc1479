"""WACZ 1.1.1: a zip of WARC files with lists of pages and a data package that names every file's digest.

The digests are compared here. A signature in `datapackage-digest.json` is not: it would say who packed the file, and
nothing about what the sites served.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.model import Part, Problem
from marque.evidence.readers import digests, zipped
from marque.evidence.readers.zipdir import Directory, Member
from marque.evidence.sites import bare

PACKAGE, SEAL = "datapackage.json", "datapackage-digest.json"
_ENDS = (".warc", ".warc.gz", ".arc", ".arc.gz")
_JSON = 16 * limits.MIB
_LINE = 4 * limits.MIB
_LISTED = 200_000


@dataclass(frozen=True, slots=True)
class Package:
    """What surrounds the records of a WACZ."""

    archives: tuple[Member, ...]
    listed: frozenset[str]
    problems: tuple[Problem, ...]


class _Resource(NamedTuple):
    """What the data package says of one file."""

    path: str
    hash: str | None
    length: int | None


def is_wacz(directory: Directory) -> bool:
    """Whether a zip file is a WACZ, sound or not."""
    names = [member.name for member in directory.members]
    return PACKAGE in names or any(name.startswith("archive/") for name in names)


def archives(directory: Directory) -> tuple[Member, ...]:
    """The members that hold records, by name."""
    sound = sorted((member for member in directory.members if member.fault is None), key=lambda member: member.name)
    return tuple(member for member in sound if _archive(member.name))


def package(part: Part, directory: Directory) -> Package:
    """The archives by name, the listed pages, and what is wrong around them."""
    problems = list(directory.problems)
    problems += [Problem(m.fault, m.header, m.name[:200]) for m in directory.members if m.fault]
    sound = {member.name: member for member in directory.members if member.fault is None}
    found = archives(directory)
    problems += [Problem("read.wacz-nested", sound[n].header, n) for n in sorted(sound) if n.lower().endswith(".wacz")]
    if not found:
        problems.append(Problem("read.wacz-no-archive"))
    listed: set[str] = set()
    for name in sorted(sound):
        if name.startswith("pages/") and name.endswith(".jsonl"):
            problems += _pages(part, sound[name], listed)
    problems += _digests(part, sound)
    return Package(found, frozenset(listed), tuple(problems))


def _archive(name: str) -> bool:
    if name.endswith("/"):
        return False
    return (name.startswith("archive/") and not name.lower().endswith(".wacz")) or name.lower().endswith(_ENDS)


def _pages(part: Part, member: Member, listed: set[str]) -> Iterator[Problem]:
    """Add the addresses of a list of pages."""
    window = zipped.opened(part, member)
    number = 0
    while window.look(1):
        at = window.find(b"\n", _LINE)
        line = window.take(at + 1 if at >= 0 else _LINE)
        number += 1
        url = _url(line)
        if url is None and line.strip():
            yield Problem("read.pages-line", window.offset - len(line), member.name, (("line", str(number)),))
        elif url and len(listed) < _LISTED:
            listed.add(bare(url))
    for _, fault in window.faults:
        yield fault


def _url(line: bytes) -> str | None:
    """The address in a line; empty for the header line, None for what is no such line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    url = row.get("url")
    return url if isinstance(url, str) else "" if "format" in row else None


def _content(part: Part, member: Member) -> bytes | None:
    """A small member's content; None where it is too large or damaged."""
    window = zipped.opened(part, member)
    content = b"".join(window.chunks(_JSON + 1))
    return None if len(content) > _JSON or window.faults else content


def _digests(part: Part, sound: dict[str, Member]) -> Iterator[Problem]:
    """Compare every file with the data package, and the data package with its own digest."""
    rows: list[_Resource] = []
    if PACKAGE not in sound:
        yield Problem("read.wacz-no-datapackage")
    else:
        content = _content(part, sound[PACKAGE])
        found = None if content is None else _resources(content)
        if content is None or found is None:
            yield Problem("read.wacz-datapackage", member=PACKAGE)
        else:
            rows = found
            if SEAL in sound:
                yield from _seal(_content(part, sound[SEAL]), content)
    told = {row.path: row for row in rows}
    for path in sorted(set(told) - set(sound)):
        yield Problem("read.wacz-missing", member=path[:200])
    for name in sorted(sound):
        if name in told or _archive(name):
            yield from _compared(part, sound[name], told.get(name), listed=bool(rows))


def _resources(content: bytes) -> list[_Resource] | None:
    """What the data package lists; None where it is no such list."""
    try:
        return [_resource(row) for row in json.loads(content)["resources"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _resource(row: dict[str, object]) -> _Resource:
    """One file's row: as version 1.1 writes it, or with its figures under `stats` as 1.0 did."""
    stats = row.get("stats")
    figures = stats if isinstance(stats, dict) else row
    told, length = figures.get("hash"), figures.get("bytes")
    if isinstance(told, str) and ":" not in told and isinstance(row.get("hashing"), str):
        told = f"{row['hashing']}:{told}"
    if not isinstance(row["path"], str):
        raise TypeError
    return _Resource(row["path"], told if isinstance(told, str) else None, length if isinstance(length, int) else None)


def _seal(seal: bytes | None, content: bytes) -> Iterator[Problem]:
    try:
        told = digests.parse(json.loads(seal or b"")["hash"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        told = None
    if told is None or told.algorithm is None or hashlib.new(told.algorithm, content).digest() != told.value:
        yield Problem("read.wacz-seal", member=SEAL)


def is_signed(part: Part, directory: Directory) -> bool:
    """Whether the package comes with a signature over its digest (nobody has checked it here)."""
    seal = next((member for member in directory.members if member.name == SEAL and member.fault is None), None)
    try:
        told = json.loads((_content(part, seal) if seal else None) or b"{}")
    except (ValueError, RecursionError):
        return False
    signed = told.get("signedData") if isinstance(told, dict) else None
    return isinstance(signed, dict) and bool(signed.get("signature"))


def _compared(part: Part, member: Member, row: _Resource | None, listed: bool) -> Iterator[Problem]:
    """One member, compared with the data package and with the zip's own checksum."""
    told = digests.parse(row.hash if row else None)
    tap, crc = digests.Tap(told.algorithm if told else None), 0
    for chunk in tap.through(zipped.opened(part, member).chunks(member.size + 1)):
        crc = zlib.crc32(chunk, crc)
    if row is None:
        if listed:
            yield Problem("read.wacz-unlisted", member.header, member.name)
    elif told is None or told.value is None:
        yield Problem("read.wacz-hash-missing", member.header, member.name)
    elif tap.value() != told.value:
        yield Problem("read.wacz-digest", member.header, member.name)
    if row is not None and row.length is not None and row.length != tap.length:
        yield Problem("read.wacz-length", member.header, member.name)
    if crc != member.crc and member.crc:
        yield Problem("read.zip-crc", member.header, member.name)
