"""The client's side: pictures go to a confined process, grey pixels come back, and a picture's fate is its own.

A picture at which the process dies is tried once more in a fresh one, because an earlier picture, or a kill from
outside, may be to blame; one that ends two is refused by name. What comes back is checked: a decoder that was taken
over can at worst give false pixels for the rest of its session, which is one capture or one unit.
"""

import atexit
import math
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import numpy as np

from marque.errors import InputRefused, MarqueError
from marque.signals.pictures.decoding import messages
from marque.signals.pictures.decoding.messages import Answer, Request
from marque.signals.pictures.drawing import TALLEST, Box
from marque.signals.pictures.images import MAX_BYTES, MAX_SIDE, Grey, Picture, rows_of

START_SECONDS = 120.0  # to import the decoders, on a machine that does much else
LIMIT = 8_000  # milliseconds of processor time for one picture: twice what the largest sound one takes
TICK_SECONDS, PATIENCE, ASLEEP = 1.0, 600, 75  # ticks a picture may take; one spent asleep, without reason, counts 75
ATTEMPTS = 2
_LARGE = 8 << 20  # bytes of a shared memory that are given back after use
_INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # what finding Python and marque may take

_SET = {
    "OPENBLAS_NUM_THREADS": "1",  # a process with one thread can be forked
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),  # pixels of one picture take the room of the last: half the page faults
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}

COSTLY, CRASHED = "works.image-too-costly", "works.image-crashed"


class Keeper:
    """The process that keeps a decoder, with its pipes and shared memories. One session uses it at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.alive, self._number = True, 0
        self._picture, self._pixels = _memory(messages.REQUEST_ROOM), _memory(messages.ANSWER_ROOM)
        self._unread, self._requests = os.pipe()
        self._answers, said = os.pipe()
        self._process = _start([self._unread, said, self._picture, self._pixels])
        os.close(said)
        self.decoder = 0  # its process id, 0 where none runs
        if self._news(START_SECONDS) != 0:
            self.close()
            raise MarqueError("works.decoder-unavailable")

    def ask(self, kind: int, data: bytes, width: int, box: tuple[int, ...] | None = None) -> Answer | str:
        """The answer to one request, or the code of what became of the decoder over it."""
        if not self.decoder and not self._begin():
            return CRASHED
        self._number += 1
        os.pwrite(self._picture, data, 0)
        request = Request(self._number, kind, len(data), width, LIMIT, *(box or ()))
        os.write(self._requests, messages.pack_request(request))
        answer = self._wait()
        if len(data) > _LARGE:
            _give_back(self._picture, messages.REQUEST_ROOM)
        return answer

    def pixels(self, *shape: int) -> Grey:
        """The pixels of the last answer."""
        data = os.pread(self._pixels, math.prod(shape), 0)
        if len(data) > _LARGE:
            _give_back(self._pixels, messages.ANSWER_ROOM)
        return np.frombuffer(data, np.uint8).reshape(shape)

    def stop(self) -> None:
        """End the decoder; the next request finds a fresh one."""
        if self.decoder:
            self._tell(messages.STOP)
            self._ended(self._news(START_SECONDS))

    def close(self) -> None:
        """End it all."""
        self.alive = False
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        for descriptor in (self._unread, self._requests, self._answers, self._picture, self._pixels):
            os.close(descriptor)
        self._process.wait()

    def _begin(self) -> bool:
        self._tell(messages.START)
        self.decoder = self._news(START_SECONDS) or 0
        if not self.decoder:
            self.close()
        return self.alive

    def _wait(self) -> Answer | str:
        """The answer to the last request. A decoder that computes ends by its own limit; one that waits is stopped."""
        news, patience = self._news_pipe(), PATIENCE
        while patience > 0:
            ready, _, _ = select.select([self._answers, news], [], [], TICK_SECONDS)
            if self._answers in ready:
                said = os.read(self._answers, messages.ANSWER_BYTES)
                answer = messages.unpack_answer(said) if len(said) == messages.ANSWER_BYTES else None
                if answer is None or answer.number == self._number:
                    return answer or self._ended(None)
            elif news in ready:
                return self._ended(self._news(0))
            patience -= 1 if _computes(self.decoder) else ASLEEP
        self.stop()
        return COSTLY

    def _ended(self, status: int | None) -> str:
        """What the end of a decoder means for the picture it had. Nothing half read stays for the next one."""
        self.decoder = 0
        if status is None:
            self.close()
            return CRASHED
        for pipe in (self._unread, self._answers):
            while select.select([pipe], [], [], 0)[0]:
                os.read(pipe, 4096)
        return COSTLY if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF else CRASHED

    def _tell(self, command: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # a dead keeper's end shows in its news
            os.write(self._process.stdin.fileno(), command)

    def _news_pipe(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _news(self, seconds: float) -> int | None:
        """The keeper's next word; None where it has died or says nothing."""
        ready, _, _ = select.select([self._news_pipe()], [], [], seconds)
        said = os.read(self._news_pipe(), messages.NEWS.size) if ready else b""
        return int(messages.NEWS.unpack(said)[0]) if len(said) == messages.NEWS.size else None


def _computes(process: int) -> bool:
    """Whether a process is at work or would be if the machine had time for it; not when it sleeps or is stopped."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "RD"
    except (OSError, IndexError):
        return False


def _start(given: list[int]) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-P", "-m", "marque.signals.pictures.decoding.worker", *map(str, given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=given,
        env={**kept, **_SET},
        bufsize=0,
        start_new_session=True,  # an interrupt at the terminal is the client's to handle
    )


def _memory(size: int) -> int:
    descriptor = os.memfd_create("marque")
    os.ftruncate(descriptor, size)
    return descriptor


def _give_back(descriptor: int, size: int) -> None:
    os.ftruncate(descriptor, 0)
    os.ftruncate(descriptor, size)


_idle: list[Keeper] = []  # kept between sessions of this process


@atexit.register
def _close_idle() -> None:
    while _idle:
        keeper = _idle.pop()
        if keeper.owner == os.getpid():
            keeper.close()


class Decoder:
    """A session: pictures decoded one after the other in one confined process, which ends with the session."""

    def __init__(self) -> None:
        self._keeper: Keeper | None = None

    def __enter__(self) -> "Decoder":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is None or not keeper.alive:
            return
        if error is not None and not isinstance(error, Exception):
            keeper.close()  # interrupted, perhaps between a request and its answer
            return
        keeper.stop()
        if keeper.alive:
            _idle.append(keeper)

    @property
    def keeper(self) -> Keeper:
        """The keeper of this session: one at hand, else a new one."""
        if self._keeper is None or not self._keeper.alive:
            self._keeper = _found()
        return self._keeper

    def size(self, data: bytes, name: str) -> tuple[int, int]:
        """Width and height as the header states them. Raises InputRefused."""
        answer = self._ask(messages.SIZE, data, 0, name)
        return answer.width, answer.height

    def decode(self, data: bytes, name: str, width: int) -> Picture:
        """The picture in `data`, grey, `width` pixels wide. Raises InputRefused with the reason."""
        answer = self._ask(messages.DECODE, data, width, name)
        return Picture(answer.width, answer.height, self.keeper.pixels(answer.rows, width))

    def draw(self, data: bytes, name: str, width: int, box: Box | None) -> Grey:
        """The picture, or a rectangle of it, in colour as rows x columns x 3, at most so wide. Raises InputRefused."""
        inside = tuple(min(max(number, 0), MAX_SIDE) for number in box) if box else None
        answer = self._ask(messages.DRAW, data, width, name, inside)
        return self.keeper.pixels(answer.rows, answer.across, 3)

    def _ask(self, kind: int, data: bytes, width: int, name: str, box: tuple[int, ...] | None = None) -> Answer:
        if len(data) > MAX_BYTES:
            raise InputRefused("works.image-too-large", file=name)
        for _ in range(ATTEMPTS):
            keeper = self.keeper
            answer = keeper.ask(kind, data, width, box)
            if answer == COSTLY:
                raise InputRefused(COSTLY, file=name)
            if isinstance(answer, str):
                continue
            if answer.code:
                raise InputRefused(answer.code, file=name)
            if _plausible(answer, kind, width):
                return answer
            keeper.stop()
        raise InputRefused(CRASHED, file=name)


def _found() -> Keeper:
    """A keeper that is at hand, else a new one. One made before this process was forked is not ours."""
    while _idle:
        keeper = _idle.pop()
        if keeper.owner == os.getpid():
            return keeper
    return Keeper()


def _plausible(answer: Answer, kind: int, width: int) -> bool:
    """Whether an answer is one that an honest decoder can give."""
    if answer.problem or not (0 < answer.width <= MAX_SIDE and 0 < answer.height <= MAX_SIDE):
        return False
    if kind == messages.DRAW:
        return 0 < answer.across <= width and 0 < answer.rows <= TALLEST
    rows = rows_of((answer.width, answer.height), width)
    return kind == messages.SIZE or (answer.rows == rows and rows * width <= messages.ANSWER_ROOM)
