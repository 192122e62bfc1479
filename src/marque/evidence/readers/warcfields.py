"""The named fields of a WARC record header, and what is wrong with them."""

import re
from functools import lru_cache

from marque.clock import now, parse_iso, to_microseconds
from marque.evidence import http, limits
from marque.evidence.readers import digests
from marque.evidence.readers.item import EXCHANGES, Hints

_VERSIONS = (b"WARC/1.0", b"WARC/1.1", b"WARC/0.17", b"WARC/0.18")
_LENGTH = re.compile(r"\d{1,18}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SINGLE = ("content-length", "warc-type", "warc-date", "warc-target-uri", "warc-record-id")
_EARLIEST = 631_152_000_000_000  # 1990, before the web: a clock that was never set
_AHEAD = 2 * 86_400 * 1_000_000
_VIA_BYTES = 64 * limits.KIB
Fault = tuple[str, tuple[tuple[str, str], ...]]


class Fields:
    """One record header. `faults` grows while the record is read."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.faults: list[Fault] = []
        version, _, rest = raw.partition(b"\n")
        if version.strip() not in _VERSIONS:
            self.add("read.warc-version", version=http.text(version.strip())[:20])
        pairs = http.parse_fields(rest)
        if len(pairs) >= limits.FIELDS:
            self.add("read.header-fields")
        self._fields = dict(reversed(pairs))
        self.get = self._fields.get  # a field's first value
        self.concurrent: tuple[str, ...] = ()
        if len(self._fields) < len(pairs):
            self._repeated(pairs)
        elif (other := self.get("warc-concurrent-to")) is not None:
            self.concurrent = (other,)
        self.kind = (self.get("warc-type") or "").lower()
        self.name = self.get("warc-record-id") or ""
        self.uri = self._uri()
        self.time = self._time()
        self.block_digest = digests.parse(self.get("warc-block-digest"))
        self.payload_digest = None if self.kind == "revisit" else digests.parse(self.get("warc-payload-digest"))
        self._whole()

    def _repeated(self, pairs: http.Headers) -> None:
        """What stands more than once: fields that may, and those that may not."""
        self.concurrent = tuple(value for name, value in pairs if name == "warc-concurrent-to")
        for name, value in pairs:
            if name in _SINGLE and value != self._fields[name]:
                self.add("read.field-twice", field=name)

    def add(self, code: str, **params: str) -> None:
        """Note what else is wrong."""
        self.faults.append((code, tuple(sorted(params.items()))))

    @property
    def is_http(self) -> bool:
        """Whether the block is said to be an HTTP message, or may be one for want of a word about it."""
        kind = http.media_type(self.get("content-type"))
        if kind:
            return kind == "application/http"
        return self.uri.startswith(("http:", "https:"))

    def length(self) -> int | None:
        """The declared length of the block; None where there is none to go by."""
        told = self.get("content-length")
        if told is None:
            self.add("read.length-missing")
            return None
        if _LENGTH.fullmatch(told) is None:
            self.add("read.length-invalid", length=told[:40])
            return None
        return int(told)

    def _uri(self) -> str:
        told = (self.get("warc-target-uri") or "").strip()
        if told.startswith("<") and told.endswith(">"):  # as wget writes it
            told = told[1:-1]
        if len(told) > limits.ADDRESS:
            self.add("read.uri-long", length=str(len(told)))
            told = told[: limits.ADDRESS]
        if _CONTROL.search(told):
            self.add("read.uri-invalid")
            told = _CONTROL.sub("", told)
        if not told and self.kind in EXCHANGES:
            self.add("read.uri-missing")
        return told

    def _time(self) -> int | None:
        told = self.get("warc-date")
        if told is None:
            self.add("read.time-missing")
            return None
        moment, fault = _moment(told)
        if fault is not None:
            self.add(fault, time=told[:40])
        return moment

    def _whole(self) -> None:
        """What the record says about itself as a whole."""
        if not self.kind:
            self.add("read.type-missing")
        if not self.name:
            self.add("read.record-id-missing")
        if (reason := self.get("warc-truncated")) is not None and not self.shortened:
            self.add("read.capture-truncated", reason=reason[:40])
        if self.kind == "continuation" or self.get("warc-segment-number") is not None:
            self.add("read.segmented")
        if self.kind == "revisit":
            self._revisit()

    @property
    def shortened(self) -> bool:
        """Whether it is a revisit that says its payload is left out: some tools then digest the block as it was."""
        return self.kind == "revisit" and (self.get("warc-truncated") or "").strip().lower() == "length"

    def _revisit(self) -> None:
        original = self.get("warc-refers-to")
        if original and original == self.name:
            self.add("read.revisit-self")
        elif not (original or self.get("warc-refers-to-target-uri") or self.get("warc-payload-digest")):
            self.add("read.revisit-nowhere")

    def hints(self, head: bytes) -> Hints:
        """What the record says about the page it belongs to."""
        kind = self.get("warc-resource-type")
        if self.kind == "metadata":
            via = http.first(http.parse_fields(head[:_VIA_BYTES]), "via")
            return Hints(referrer=via)
        return Hints(page=self.get("warc-page-id"), kind=kind.lower() if kind else None)


@lru_cache(maxsize=1_024)
def _moment(told: str) -> tuple[int | None, str | None]:
    """A time as it is told, and what is wrong with it. Neighbouring records often have the same."""
    moment = parse_iso(told)
    if moment is None:
        return None, "read.time-invalid"
    if not _EARLIEST <= moment <= to_microseconds(now()) + _AHEAD:
        return None, "read.time-implausible"
    return moment, None
