"""What the decoding process and its client say to each other.

Pictures and pixels lie in two shared memories; only these small messages go through pipes, each whole or not at all
(a pipe never tears what is below its atomic size), so a process that dies in the middle leaves nothing half said.
"""

import struct
from dataclasses import astuple, dataclass

from marque.signals.pictures.images import MAX_BYTES, MAX_GREY, PROBLEMS

SIZE, DECODE, DRAW = 0, 1, 2
REQUEST_ROOM, ANSWER_ROOM = MAX_BYTES, MAX_GREY  # bytes of the shared memories

START, STOP = b"s", b"k"  # to the keeper: start a decoder, stop it
NEWS = struct.Struct("<i")  # from the keeper: 0 when ready, the decoder's id when started, how it ended (waitpid)


@dataclass(frozen=True, slots=True)
class Request:
    """Decode, draw, or only read the header of, the first `length` bytes of the request memory.

    `limit` is how many milliseconds of processor time that may take. A box without width is the whole picture.
    """

    number: int
    kind: int
    length: int
    width: int
    limit: int
    left: int = 0
    top: int = 0
    across: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """`problem` is 0 or counts PROBLEMS from 1; the pixels, `rows` of `across`, lie in the answer memory."""

    number: int
    problem: int
    width: int
    height: int
    rows: int
    across: int = 0

    @property
    def code(self) -> str | None:
        """The problem's code, None where there is none."""
        return PROBLEMS[self.problem - 1] if 0 < self.problem <= len(PROBLEMS) else None


_REQUEST, _ANSWER = struct.Struct("<QIIIIIIII"), struct.Struct("<QIIIII")
REQUEST_BYTES, ANSWER_BYTES = _REQUEST.size, _ANSWER.size


def pack_request(request: Request) -> bytes:
    """As bytes."""
    return _REQUEST.pack(*astuple(request))


def unpack_request(data: bytes) -> Request:
    """Back from bytes."""
    return Request(*_REQUEST.unpack(data))


def pack_answer(answer: Answer) -> bytes:
    """As bytes."""
    return _ANSWER.pack(*astuple(answer))


def unpack_answer(data: bytes) -> Answer:
    """Back from bytes."""
    return Answer(*_ANSWER.unpack(data))
