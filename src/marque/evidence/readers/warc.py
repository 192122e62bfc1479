"""WARC 1.0 and 1.1 (ISO 28500), plain or compressed, checked record by record.

Every record is read to its end: its length, its end mark, its block and payload digests. A record that passes says
what the capturing program wrote down; it does not say that the site served the same to others.
"""

from collections.abc import Iterator
from typing import NamedTuple

from marque.evidence import http, limits
from marque.evidence.http import Headers
from marque.evidence.model import Problem
from marque.evidence.readers import body, message, records
from marque.evidence.readers.digests import Tap
from marque.evidence.readers.item import Body, Item
from marque.evidence.readers.stream import Stream
from marque.evidence.readers.warcfields import Fields

_HTTP = ("response", "revisit", "request")
_METADATA = 64 * limits.KIB


class Block(NamedTuple):
    """What a record's block turned out to hold."""

    head: bytes = b""
    body: Body = Body()
    status: int | None = None
    headers: Headers = ()
    media_type: str = ""


class Reader(Stream):
    """Reads WARC records."""

    grammar = records.WARC

    def record(self, start: int) -> Item | str:
        head = records.take_head(self.window)
        if isinstance(head, str):
            return head
        opened = self.window.opens.get(start)
        fields, place = Fields(head), self.place(start)
        length = fields.length()
        tap = Tap(fields.block_digest.algorithm if fields.block_digest else None)
        flow = tap.through(self.flow(length))
        block = self._block(fields, flow)
        for _ in flow:
            pass
        if fields.block_digest is not None and not fields.shortened:
            fields.faults += body.compare("block", fields.block_digest, [tap])
        self._end(fields, length, tap.length)
        locator = self.locate(start, opened)
        fields.faults += block.body.faults
        problems = tuple(Problem(code, place, self.member, params) for code, params in fields.faults)
        self.ordinal += 1
        return Item(
            ordinal=self.ordinal - 1,
            kind=fields.kind,
            uri=fields.uri,
            time=fields.time,
            locator=locator,
            offset=place,
            problems=problems + self.faults(self.window.offset),
            record_header=head,
            http_header=block.head,
            status=block.status,
            headers=block.headers,
            media_type=block.media_type,
            body=block.body,
            name=fields.name,
            concurrent=fields.concurrent,
            server_ip=fields.get("warc-ip-address"),
            hints=fields.hints(block.head),
        )

    def _end(self, fields: Fields, length: int | None, got: int) -> None:
        """The record's end: was all of it there, and does it end as records do?"""
        cut = not self.window.look(1)
        if length is not None and got < length:
            fields.add("read.record-cut" if cut else "read.length-wrong", expected=str(length), found=str(got))
        elif not records.end_record(self.window, self.grammar):
            fields.add("read.record-end")

    def _block(self, fields: Fields, flow: Iterator[bytes]) -> Block:
        """The block, taken apart as its type asks."""
        if fields.kind in _HTTP and fields.is_http:
            return self._message(fields, flow)
        if fields.kind in ("response", "resource"):
            payload = body.decode(flow, (), fields.payload_digest, self.budget)
            return Block(body=payload, media_type=http.media_type(fields.get("content-type")))
        if fields.kind == "metadata":
            return Block(head=next(flow, b"")[:_METADATA])
        return Block()

    def _message(self, fields: Fields, flow: Iterator[bytes]) -> Block:
        if fields.kind == "request":
            raw, _, fault = message.split_head(next(flow, b""), flow)
            if fault:
                fields.add(fault)
            return Block(raw)
        raw, flow, fault = message.split(flow)
        if fault and (fault != "read.http-absent" or fields.kind == "response"):
            fields.add(fault)
        head = http.parse_head(raw)
        payload = Body()
        if fields.kind == "response":
            payload = body.decode(flow, head.headers, fields.payload_digest, self.budget)
        kind = http.media_type(http.first(head.headers, "content-type"))
        return Block(raw, payload, head.status, head.headers, kind)
