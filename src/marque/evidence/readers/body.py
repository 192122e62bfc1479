"""From the bytes of a message body to the payload: codings undone, digests compared, output counted.

The payload's SHA-256 is that of the content-decoded bytes. A body that decodes to far more than it weighs is not
followed to its end; it is named, and it has neither payload nor digest.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from marque.evidence import limits
from marque.evidence.http import Headers, tokens
from marque.evidence.readers.chunked import Dechunked
from marque.evidence.readers.coding import BY_NAME, Fault
from marque.evidence.readers.digests import LATE, Declared, Tap
from marque.evidence.readers.item import Body

_NO_CODING = ("identity", "none", "utf-8", "binary", "8bit", "7bit", "chunked")
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF", b"wOFF", b"wOF2", b"PK\x03\x04", b"OggS", b"ID3")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"
_JUDGED = 512
Faults = list[tuple[str, tuple[tuple[str, str], ...]]]


@dataclass(slots=True)
class Budget:
    """How much the coded payloads of one capture may decode to, and how much they did."""

    limit: int
    used: int = 0

    @classmethod
    def of(cls, size: int) -> "Budget":
        """The budget of a capture of that many bytes."""
        return cls(max(limits.CAPTURE_FREE, limits.CAPTURE_RATIO * size))


@dataclass(slots=True)
class _Gathered:
    """A payload as it comes in."""

    parts: list[bytes] = field(default_factory=list)
    length: int = 0
    digest: str = ""


def decode(chunks: Iterator[bytes], headers: Headers, told: Declared | None, budget: Budget) -> Body:
    """The payload of a body sent with these headers, compared with the payload digest told for it."""
    faults: Faults = []
    algorithm = told.algorithm if told else None
    whole = Tap(algorithm)
    raw = whole.through(chunks)
    taps, flow, dechunked = [whole], raw, None
    if headers and "chunked" in tokens(headers, "transfer-encoding"):
        dechunked = Dechunked(raw)
        taps.append(Tap(algorithm, LATE))
        flow = taps[-1].through(iter(dechunked))
    flow, coded = _undo(flow, headers, faults)
    if coded:
        taps.append(Tap(algorithm, LATE))
        flow = taps[-1].through(flow)
    gathered = _gather(flow, whole if coded else None, budget, faults)
    for _ in raw:
        pass
    if dechunked is not None and dechunked.fault and whole.length:
        faults.append((dechunked.fault, ()))
    if told:
        faults += compare("payload", told, taps)
    whole_payload = b"" if gathered.length > limits.PAYLOAD else b"".join(gathered.parts)
    return Body(whole_payload, gathered.digest, gathered.length, tuple(faults), not coded and dechunked is None)


def compare(what: str, told: Declared, taps: list[Tap]) -> Faults:
    """What is wrong with a declared digest. Any form of the body may agree: tools differ in which they digest."""
    if told.fault is not None:
        return [(told.fault, (("algorithm", told.label),))]
    return [] if any(tap.value() == told.value for tap in taps) else [(f"read.{what}-digest", ())]


def _undo(flow: Iterator[bytes], headers: Headers, faults: Faults) -> tuple[Iterator[bytes], bool]:
    """The flow with its content codings undone, and whether there were any."""
    if not headers:
        return flow, False
    names = [name for name in tokens(headers, "content-encoding") if name not in _NO_CODING]
    names += [name for name in tokens(headers, "transfer-encoding") if name not in _NO_CODING]
    if len(names) > limits.CODINGS:
        faults.append(("read.coding-stack", (("count", str(len(names))),)))
        return flow, False
    coded = False
    for name in reversed(names):
        coding = BY_NAME.get(name)
        if coding is None:
            faults.append(("read.coding-unknown", (("coding", name[:40]),)))
            return flow, coded
        first = b""
        while len(first) < _JUDGED and (data := next(flow, b"")):
            first += data
        if not first:
            return flow, coded
        flow = chain((first,), flow)
        if _plain(first):
            continue  # many tools store the decoded body under the header it was sent with
        if not coding.begins(first):
            faults.append(("read.coding-absent", (("coding", name),)))
            continue
        flow, coded = coding.undo(flow), True
    return flow, coded


def _plain(data: bytes) -> bool:
    """Whether a body that is said to be coded plainly is not: text, or a picture's or a font's own beginning."""
    head = data[:_JUDGED]
    if head.startswith(_MAGIC):
        return True
    if len(head) < 4 or head.translate(None, _CONTROL) != head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as reason:
        return reason.start > len(head) - 4 > 0
    return True


def _gather(flow: Iterator[bytes], coded: Tap | None, budget: Budget, faults: Faults) -> _Gathered:
    """Everything the flow gives, as far as its limits allow. `coded` counts the bytes it was made of."""
    gathered, digest = _Gathered(), hashlib.sha256()
    if coded is not None and budget.used > budget.limit:
        faults.append(("read.capture-bomb", ()))
        return gathered
    try:
        for chunk in flow:
            gathered.length += len(chunk)
            digest.update(chunk)
            if gathered.length <= limits.PAYLOAD:
                gathered.parts.append(chunk)
            else:
                gathered.parts.clear()
            if coded is not None and _too_much(gathered.length, len(chunk), coded, budget, faults):
                return _Gathered()
    except Fault as fault:
        faults.append((fault.code, ()))
    if gathered.length > limits.PAYLOAD:
        faults.append(("read.payload-large", (("limit", str(limits.PAYLOAD)),)))
    gathered.digest = digest.hexdigest()
    return gathered


def _too_much(length: int, added: int, coded: Tap, budget: Budget, faults: Faults) -> bool:
    budget.used += added
    if length > limits.PAYLOAD and length > limits.RATIO * coded.length:
        faults.append(("read.payload-bomb", ()))
        return True
    if budget.used > budget.limit:
        faults.append(("read.capture-bomb", ()))
        return True
    return False
