"""ARC 1.0 and 1.1 (Internet Archive, 1996): a line of fields, then as many bytes as it says.

ARC has no digests and no end marks, so less damage can be seen: a wrong length, where something other than a record
follows. Requests were not recorded, so pages follow from the order of documents alone.
"""

import re

from marque.clock import parse_digits
from marque.evidence import http, limits
from marque.evidence.model import Problem
from marque.evidence.readers import body, message, records
from marque.evidence.readers.digests import Tap
from marque.evidence.readers.item import Item
from marque.evidence.readers.stream import Stream

_LINE = re.compile(
    rb"(?P<uri>[A-Za-z][A-Za-z0-9+.-]*:.*?) (?P<ip>[0-9A-Fa-f.:]+|-|\S+) (?P<time>\d{12,17}) (?P<type>\S+)"
    rb"(?: \S+){0,6}? (?P<length>-?\d+)\r?\n"
)
_WEB = ("http:", "https:")


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
        uri = http.text(match["uri"])
        length = int(match["length"]) if len(match["length"]) < 19 and not match["length"].startswith(b"-") else None
        faults: body.Faults = (
            [] if length is not None else [("read.length-invalid", (("length", http.text(match["length"])[:40]),))]
        )
        tap = Tap(None)
        flow = tap.through(self.flow(length))
        web = uri.lower().startswith(_WEB)
        raw, rest, fault = message.split(flow) if web else (b"", flow, None)
        head = http.parse_head(raw)
        payload = body.decode(rest, head.headers, None, self.budget)
        for _ in flow:
            pass
        faults += [(fault, ())] if fault else []
        faults += self._length(length, tap.length)
        faults += payload.faults
        time = parse_digits(http.text(match["time"]))
        faults += [("read.time-invalid", (("time", http.text(match["time"])),))] if time is None else []
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
            http_header=raw,
            status=head.status,
            headers=head.headers,
            media_type=kind,
            body=payload,
            server_ip=http.text(match["ip"]) if match["ip"] != b"-" else None,
        )

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
