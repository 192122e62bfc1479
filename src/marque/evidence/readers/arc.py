"""ARC 1.0 and 1.1 (Internet Archive, 1996): a line of fields, then as many bytes as it says.

ARC has no digests and no end marks, so less damage can be seen: a wrong length, where something other than a record
follows. Requests were not recorded, so pages follow from the order of documents alone.
"""

import re
from collections.abc import Iterator

from marque.clock import parse_digits
from marque.evidence import http, limits
from marque.evidence.model import Problem
from marque.evidence.readers import body, message, records
from marque.evidence.readers.digests import Tap
from marque.evidence.readers.item import Body, Item
from marque.evidence.readers.stream import Stream

_LINE = re.compile(
    rb"(?P<uri>[A-Za-z][A-Za-z0-9+.-]*:.*?) (?P<ip>[0-9A-Fa-f.:]+|-|\S+) (?P<time>\d{12,17}) (?P<type>\S+)"
    rb"(?: \S+){0,6}? (?P<length>-?\d+)\r?\n"
)
_WEB = ("http:", "https:")


def _told(match: re.Match[bytes]) -> tuple[int | None, int | None, body.Faults]:
    """Length and time as the line says them, and what is wrong with them."""
    faults: body.Faults = []
    length, time = http.text(match["length"]), parse_digits(http.text(match["time"]))
    sound = length.isdecimal() and len(length) < 19
    if not sound:
        faults.append(("read.length-invalid", (("length", length[:40]),)))
    if time is None:
        faults.append(("read.time-invalid", (("time", http.text(match["time"])),)))
    return int(length) if sound else None, time, faults


class Reader(Stream):
    """Reads ARC records. The version block at the start counts as one."""

    grammar = records.ARC

    def record(self, start: int) -> Item | str:
        at = self.window.find(b"\n", limits.ADDRESS)
        line = self.window.buf[self.window.pos : self.window.pos + at + 1]
        match = _LINE.fullmatch(line)
        if match is None:
            return "read.header-cut"
        opened, place = self.window.opens.get(start), self.place(start)
        self.window.pos += len(line)
        uri, (length, time, faults) = http.text(match["uri"]), _told(match)
        tap = Tap(None)
        flow = tap.through(self.flow(length))
        head, payload = self._message(uri, flow, faults)
        for _ in flow:
            pass
        faults += [*self._length(length, tap.length), *payload.faults]
        records.skip_blank(self.window)
        locator = self.locate(start, opened)
        problems = tuple(Problem(code, place, self.member, params) for code, params in faults)
        self.ordinal += 1
        kind = http.media_type(http.first(head.headers, "content-type")) or http.media_type(http.text(match["type"]))
        return Item(
            ordinal=self.ordinal - 1,
            kind="warcinfo" if uri.startswith("filedesc:") else "response",
            uri=uri,
            time=time,
            locator=locator,
            offset=place,
            problems=problems + self.faults(self.window.offset),
            record_header=line,
            http_header=head.raw,
            status=head.status,
            headers=head.headers,
            media_type=kind,
            body=payload,
            server_ip=http.text(match["ip"]) if match["ip"] != b"-" else None,
        )

    def _message(self, uri: str, flow: Iterator[bytes], faults: body.Faults) -> tuple[http.Head, Body]:
        """The head, where the address is one of the web, and the payload."""
        raw = b""
        if uri.lower().startswith(_WEB):
            raw, flow, fault = message.split(flow)
            faults += [(fault, ())] if fault else []
        head = http.parse_head(raw)
        return head, body.decode(flow, head.headers, None, self.budget)

    def _length(self, length: int | None, got: int) -> body.Faults:
        """Whether as much was there as the line says, and a record or the end follows."""
        cut = not self.window.look(1)
        if length is not None and got < length:
            params = (("expected", str(length)), ("found", str(got)))
            return [("read.record-cut" if cut else "read.length-wrong", params)]
        records.skip_blank(self.window)
        if self.window.look(1) and not records.begins(self.window, self.grammar):
            return [("read.record-end", ())]
        return []
