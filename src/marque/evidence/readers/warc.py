"""WARC 1.0 and 1.1 (ISO 28500), plain or compressed, checked record by record.

Every record is read to its end: its length, its end mark, its block and payload digests. A record that passes says
what the capturing program wrote down; it does not say that the site served the same to others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from marque.evidence import http, limits
from marque.evidence.http import Headers
from marque.evidence.model import Locator, Problem
from marque.evidence.readers import body, message, records
from marque.evidence.readers.digests import Tap
from marque.evidence.readers.item import Body, Item
from marque.evidence.readers.warcfields import Fields
from marque.evidence.readers.window import Window

_HTTP = ("response", "revisit", "request")
_ALL = 1 << 62


@dataclass(frozen=True, slots=True)
class _Block:
    """What a record's block turned out to hold."""

    head: bytes = b""
    body: Body = field(default_factory=Body)
    status: int | None = None
    headers: Headers = ()
    media_type: str = ""


class Reader:
    """Reads one stream of WARC records. `member` is the path inside a container; `ordinal` counts on."""

    def __init__(self, window: Window, member: str, budget: body.Budget, ordinal: int = 0) -> None:
        self.window = window
        self.member = member
        self.budget = budget
        self.ordinal = ordinal

    def __iter__(self) -> Iterator[Item | Problem]:
        while True:
            yield from self._align()
            if not self.window.look(1):
                return
            start = self.window.offset
            head = records.take_head(self.window)
            if isinstance(head, str):
                yield self._problem(head, start)
                self.window.pos += len(records.MARK)
                for _ in records.until_record(self.window, _ALL):
                    pass
                continue
            yield self._record(start, head)

    def _problem(self, code: str, offset: int, **params: str) -> Problem:
        return Problem(code, self._place(offset), self.member, tuple(sorted(params.items())))

    def _place(self, offset: int) -> int:
        """Where in the stored file that is, as exactly as a compressed file allows: the start of the gzip member."""
        if self.window.peek is not None or not self.window.opens:
            return offset
        before = [at for at in self.window.opens if at <= offset]
        return self.window.opens[max(before)] if before else offset

    def _align(self) -> Iterator[Problem]:
        """Go to where a record begins; name what stands in between."""
        while True:
            records.skip_blank(self.window)
            if not self.window.look(1):
                yield from self._faults(self.window.offset)
                if not self.window.broken:
                    return
                self.window.cross()
            elif records.begins(self.window):
                return
            else:
                start = self.window.offset
                length = sum(map(len, records.until_record(self.window, _ALL)))
                if length:
                    yield self._problem("read.garbage", start, length=str(length))

    def _faults(self, upto: int) -> list[Problem]:
        """What the source found wrong up to a place in the stream, taken off its list."""
        found = [fault for at, fault in self.window.faults if at <= upto]
        self.window.faults = [(at, fault) for at, fault in self.window.faults if at > upto]
        return found

    def _record(self, start: int, head: bytes) -> Item:
        opened = self.window.opens.get(start)
        fields, place = Fields(head), self._place(start)
        length = fields.length()
        block = Tap(fields.block_digest.algorithm if fields.block_digest else None)
        flow = block.through(self._flow(length))
        inside = self._inside(fields, flow)
        for _ in flow:
            pass
        if fields.block_digest is not None:
            fields.faults += body.compare("block", fields.block_digest, [block])
        self._end(fields, length, block.length)
        locator = self._locate(start, opened)
        fields.faults += inside.body.faults
        problems = tuple(Problem(code, place, self.member, params) for code, params in fields.faults)
        problems += tuple(self._faults(self.window.offset))
        return self._item(fields, inside, locator, place, problems)

    def _flow(self, length: int | None) -> Iterator[bytes]:
        """The block: as long as it says where that is credible, else up to the next record."""
        if length is not None and records.trusted(self.window, length):
            return self.window.chunks(length, records.MARK)
        return records.until_record(self.window, _ALL if length is None else length)

    def _item(
        self, fields: Fields, inside: _Block, locator: Locator, place: int, problems: tuple[Problem, ...]
    ) -> Item:
        self.ordinal += 1
        return Item(
            ordinal=self.ordinal - 1,
            kind=fields.kind,
            uri=fields.uri,
            time=fields.time,
            locator=locator,
            offset=place,
            problems=problems,
            record_header=fields.raw,
            http_header=inside.head,
            status=inside.status,
            headers=inside.headers,
            media_type=inside.media_type,
            body=inside.body,
            name=fields.name,
            concurrent=fields.concurrent,
            server_ip=fields.get("warc-ip-address"),
            hints=fields.hints(inside.head),
        )

    def _end(self, fields: Fields, length: int | None, got: int) -> None:
        """The record's end: was all of it there, and does it end as records do?"""
        window = self.window
        cut = not window.look(1)
        if length is not None and got < length:
            fields.add("read.record-cut" if cut else "read.length-wrong", expected=str(length), found=str(got))
        elif not records.end_record(window):
            fields.add("read.record-end")

    def _locate(self, start: int, opened: int | None) -> Locator:
        window = self.window
        window.look(1)
        end = window.offset
        if window.peek is not None:
            return Locator(self.member, start, end - start, "identity")
        if opened is not None and end in window.closes:
            return Locator(self.member, opened, window.closes[end] - opened, "gzip")
        return Locator(self.member, start, end - start, "gzip-stream")

    def _inside(self, fields: Fields, flow: Iterator[bytes]) -> _Block:
        """The block, taken apart as its type asks."""
        if fields.kind in _HTTP and fields.is_http:
            return self._message(fields, flow)
        if fields.kind in ("response", "resource"):
            payload = body.decode(flow, (), fields.payload_digest, self.budget)
            return _Block(body=payload, media_type=http.media_type(fields.get("content-type")))
        if fields.kind == "metadata":
            return _Block(head=next(flow, b"")[: 64 * limits.KIB])
        return _Block()

    def _message(self, fields: Fields, flow: Iterator[bytes]) -> _Block:
        if fields.kind == "request":
            raw, _, fault = message.split_head(next(flow, b""), flow)
        else:
            raw, flow, fault = message.split(flow)
        if fault and (fault != "read.http-absent" or fields.kind == "response"):
            fields.add(fault)
        head = http.parse_head(raw)
        if fields.kind != "response":
            payload = Body()
        else:
            payload = body.decode(flow, head.headers, fields.payload_digest, self.budget)
        kind = http.media_type(http.first(head.headers, "content-type"))
        return _Block(raw, payload, head.status, head.headers, kind)
