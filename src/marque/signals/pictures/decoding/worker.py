"""The process pictures are decoded in: `python -m marque.signals.pictures.decoding.worker`, started by the client only.

A keeper imports the decoders once and forks a decoder for each session, so that a fresh one costs milliseconds. The
decoder gives up all it can (confine.py) before the first hostile byte and ends itself when one picture takes too long.
The keeper tells the client how a decoder ended; a decoder cannot say so in its place.
"""

import gc
import mmap
import os
import select
import signal
import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import AvifImagePlugin, Image

from marque.errors import InputRefused
from marque.signals.pictures import drawing, images
from marque.signals.pictures.decoding import messages
from marque.signals.pictures.decoding.confine import Cage, confine
from marque.signals.pictures.decoding.messages import Answer, Request

_COMMANDS, _NEWS = 0, 1


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a decoder reads requests and writes answers: two pipes, two shared memories."""

    requests: int
    answers: int
    picture: mmap.mmap
    pixels: mmap.mmap


def main(requests: int, answers: int, picture: int, pixels: int) -> None:
    """Keep a decoder until the client closes its end."""
    Image.init()  # every plugin now: a confined process opens no file, not even a module's
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # and starts no thread
    channel = Channel(
        requests,
        answers,
        mmap.mmap(picture, messages.REQUEST_ROOM, prot=mmap.PROT_READ),
        mmap.mmap(pixels, messages.ANSWER_ROOM),
    )
    gc.freeze()
    keep(channel)


def keep(channel: Channel) -> None:
    """Start and stop decoders as told, and tell how each ended."""
    woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker)
    cage = Cage()
    _tell(0)
    pid = 0
    while True:
        ready, _, _ = select.select([_COMMANDS, woken], [], [])
        if woken in ready:
            os.read(woken, 64)
            ended, status = os.waitpid(pid, os.WNOHANG) if pid else (0, 0)
            if ended:
                pid = 0
                _tell(status)
        if _COMMANDS in ready:
            command = os.read(_COMMANDS, 1)
            if pid and command in {messages.STOP, b""}:
                os.kill(pid, signal.SIGKILL)
            if not command:
                return
            if command == messages.START:
                pid = _fork(channel, cage)
                _tell(pid)


def _tell(news: int) -> None:
    os.write(_NEWS, messages.NEWS.pack(news))


def _fork(channel: Channel, cage: Cage) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        confine(cage, [channel.requests, channel.answers])
        serve(channel)
    finally:
        os._exit(1)  # never back into the keeper's loop


def serve(channel: Channel) -> None:
    """Answer requests until the process is ended."""
    while True:
        request = messages.unpack_request(os.read(channel.requests, messages.REQUEST_BYTES))
        signal.setitimer(signal.ITIMER_PROF, request.limit / 1000)  # nothing handles its signal: it ends the process
        answer = _answer(request, channel)
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.write(channel.answers, messages.pack_answer(answer))


def _answer(request: Request, channel: Channel) -> Answer:
    data = channel.picture[: request.length]
    try:
        if request.kind == messages.SIZE:
            return Answer(request.number, 0, *images.size(data, ""), 0)
        size, pixels = _made(request, data)
    except InputRefused as reason:
        return Answer(request.number, images.PROBLEMS.index(reason.code) + 1, 0, 0, 0)
    np.frombuffer(channel.pixels, np.uint8, pixels.size)[:] = pixels.reshape(-1)
    return Answer(request.number, 0, *size, pixels.shape[0], pixels.shape[1])


def _made(request: Request, data: bytes) -> tuple[tuple[int, int], npt.NDArray[np.uint8]]:
    """The picture's own size, and the pixels asked for."""
    if request.kind == messages.DRAW:
        box = (request.left, request.top, request.across, request.down) if request.across else None
        return drawing.draw(data, "", request.width, box)
    picture = images.decode(data, "", request.width)
    return (picture.width, picture.height), picture.grey


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:5]))
