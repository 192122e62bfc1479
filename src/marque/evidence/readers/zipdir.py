"""The directory of a zip file (PKWARE APPNOTE 6.3), read with suspicion.

Zip says everything twice, in the central directory and before each member, and programs differ in which they
believe. A member whose two descriptions disagree, that overlaps another, or that shares its name, is refused.
"""

import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marque.evidence import limits
from marque.evidence.model import Part, Problem
from marque.evidence.readers.window import Window, of_part

STORED, DEFLATED = 0, 8
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL, _FULL64 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_LINK = 0o120000


@dataclass(frozen=True, slots=True)
class Member:
    """One member. `start` is where its data begin; `fault` the code of what forbids reading it."""

    name: str
    method: int
    crc: int
    stored: int
    size: int
    header: int
    flags: int
    mode: int = 0
    start: int = 0
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """What a zip file holds, and what is wrong with it as a whole."""

    members: tuple[Member, ...]
    problems: tuple[Problem, ...] = ()


def directory(part: Part) -> Directory:
    """The members of a zip file in file order, unsound ones with their fault; without a directory, what is found."""
    window = of_part(part)
    found = _end(window, part.length)
    if found is None:
        return Directory(tuple(_walk(window, part.length)), (Problem("read.zip-cut", part.length),))
    count, size, offset, end = found
    if offset + size > end or count > limits.MEMBERS or size > count * (_CENTRAL.size + 3 * _FULL):
        code = "read.zip-many" if count > limits.MEMBERS else "read.zip-directory"
        return Directory((), (Problem(code, end),))
    entries = list(_central(window, count, offset, size))
    problems: tuple[Problem, ...] = () if len(entries) == count else (Problem("read.zip-directory", offset),)
    if offset + size != end:
        problems += (Problem("read.zip-directory", offset + size),)
    return Directory(tuple(_checked(window, entries, offset)), problems)


def _peek(window: Window, offset: int, count: int) -> bytes:
    assert window.peek is not None
    return window.peek(offset, count) if offset >= 0 else b""


def _end(window: Window, length: int) -> tuple[int, int, int, int] | None:
    """Entries, size, offset and end of the central directory."""
    tail = max(0, length - _END.size - _FULL)
    data = _peek(window, tail, _END.size + _FULL)
    at = data.rfind(b"PK\x05\x06")
    while at >= 0:
        record = data[at : at + _END.size]
        if len(record) == _END.size:
            _, disk, first, here, count, size, offset, comment = _END.unpack(record)
            if at + _END.size + comment == len(data) and disk == first and here == count:
                if _FULL in (count,) or _FULL64 in (size, offset):
                    return _end64(window, tail + at)
                return count, size, offset, tail + at
        at = data.rfind(b"PK\x05\x06", 0, at)
    return None


def _end64(window: Window, end: int) -> tuple[int, int, int, int] | None:
    locator = _peek(window, end - _LOCATOR64.size, _LOCATOR64.size)
    if len(locator) < _LOCATOR64.size or not locator.startswith(b"PK\x06\x07"):
        return None
    at = _LOCATOR64.unpack(locator)[2]
    record = _peek(window, at, _END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        return None
    fields = _END64.unpack(record)
    return fields[7], fields[8], fields[9], at


def _central(window: Window, count: int, offset: int, size: int) -> Iterator[Member]:
    """The entries of the central directory, read in bounded pieces."""
    window.rewind(offset)
    end = offset + size
    for _ in range(count):
        if window.look(_CENTRAL.size) < _CENTRAL.size or window.offset + _CENTRAL.size > end:
            return
        fields = _CENTRAL.unpack(window.take(_CENTRAL.size))
        if fields[0] != b"PK\x01\x02":
            return
        rest = sum(fields[10:13])
        if window.look(rest) < rest:
            return
        name, extra = window.take(fields[10]), window.take(fields[11])
        window.take(fields[12])
        flags, method, crc, stored, full = fields[3], fields[4], *fields[7:10]
        member = Member(_text(name, flags), method, crc, stored, full, fields[16], flags, fields[15] >> 16)
        yield _zip64(member, extra)


def _text(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & _UTF8 or not name.isascii() else "ascii")
    except UnicodeDecodeError:
        return name.decode("cp437")


def _zip64(member: Member, extra: bytes) -> Member:
    """The sizes and the offset from the zip64 extra field, where the plain ones say so."""
    wanted = [name for name in ("size", "stored", "header") if getattr(member, name) == _FULL64]
    if not wanted:
        return member
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<2H", extra, at)
        values = extra[at + 4 : at + 4 + size]
        if tag == 1 and len(values) >= 8 * len(wanted):
            return replace(member, **dict(zip(wanted, struct.unpack_from(f"<{len(wanted)}Q", values), strict=True)))
        at += 4 + size
    return replace(member, fault="read.zip-64")


def _checked(window: Window, entries: list[Member], end: int) -> Iterator[Member]:
    """The entries with what forbids reading them."""
    names: dict[str, int] = {}
    for entry in entries:
        names[_folded(entry.name)] = names.get(_folded(entry.name), 0) + 1
    reach = 0
    for entry in sorted(entries, key=lambda entry: (entry.header, entry.name)):
        fault = entry.fault or refused(entry)
        if fault is None and names[_folded(entry.name)] > 1:
            fault = "read.zip-twice"
        located = _located(window, entry, end)
        fault = fault or located.fault
        if entry.header < reach and fault is None:
            fault = "read.zip-overlap"
        if fault is None:
            reach = max(reach, located.start + entry.stored)
        yield replace(located, fault=fault)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def refused(member: Member) -> str | None:
    """What in the entry itself forbids reading it."""
    name = member.name
    if len(name) > limits.MEMBER_NAME or "\0" in name or "\\" in name or name.startswith("/") or name[1:2] == ":":
        return "read.zip-name"
    if any(part in ("..", ".") for part in name.split("/")):
        return "read.zip-name"
    if member.flags & _ENCRYPTED:
        return "read.zip-encrypted"
    if member.mode & 0o170000 == _LINK:
        return "read.zip-link"
    return None if member.method in (STORED, DEFLATED) else "read.zip-method"


def _located(window: Window, member: Member, end: int) -> Member:
    """The member with the place of its data, its local header compared with its entry."""
    data = _peek(window, member.header, _LOCAL.size)
    if len(data) < _LOCAL.size or not data.startswith(b"PK\x03\x04"):
        return replace(member, fault="read.zip-disagree")
    _, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _LOCAL.unpack(data)
    rest = _peek(window, member.header + _LOCAL.size, name_length + extra_length)
    local = Member(_text(rest[:name_length], flags), method, crc, stored, size, 0, flags)
    if not flags & _DESCRIPTOR:
        local = _zip64(local, rest[name_length:])
    start = member.header + _LOCAL.size + name_length + extra_length
    agree = (local.name, method, flags & _ENCRYPTED) == (member.name, member.method, member.flags & _ENCRYPTED)
    if not flags & _DESCRIPTOR:
        agree = agree and (crc, local.stored, local.size) == (member.crc, member.stored, member.size)
    if not agree:
        return replace(member, start=start, fault="read.zip-disagree")
    if start + member.stored > end or (method == STORED and member.stored != member.size):
        return replace(member, start=start, fault="read.zip-size")
    return replace(member, start=start)


def _walk(window: Window, length: int) -> Iterator[Member]:
    """Members found by their local headers, where the directory is gone with the end of the file."""
    at, count = 0, 0
    while count < limits.MEMBERS and (data := _peek(window, at, _LOCAL.size)).startswith(b"PK\x03\x04"):
        if len(data) < _LOCAL.size:
            return
        _, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _LOCAL.unpack(data)
        rest = _peek(window, at + _LOCAL.size, name_length + extra_length)
        start = at + _LOCAL.size + name_length + extra_length
        member = _zip64(
            Member(_text(rest[:name_length], flags), method, crc, stored, size, at, flags), rest[name_length:]
        )
        if flags & _DESCRIPTOR and not member.stored:
            end = _descriptor(window, start, length)
            member = replace(member, stored=end - start, size=end - start)
        at, count = start + member.stored, count + 1
        if flags & _DESCRIPTOR:
            at = _next_header(window, at)
        known = min(member.stored, max(0, length - start))
        yield replace(member, start=start, stored=known, fault=member.fault or refused(member))


def _descriptor(window: Window, start: int, length: int) -> int:
    """Where data of unknown length end: at a data descriptor that tells just that length, else at the end."""
    window.rewind(start)
    while window.skip_to(b"PK\x07\x08"):
        window.look(24)
        told, told64 = window.buf[window.pos + 8 : window.pos + 12], window.buf[window.pos + 8 : window.pos + 16]
        here = window.offset - start
        if int.from_bytes(told, "little") == here or int.from_bytes(told64, "little") == here:
            return window.offset
        window.pos += 1
    return length


def _next_header(window: Window, at: int) -> int:
    """Where the next local header stands behind a data descriptor."""
    data = _peek(window, at, 64)
    found = data.find(b"PK\x03\x04")
    return at + found if found >= 0 else at
