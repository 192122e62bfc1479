"""The pictures of a film through PyAV, in the confined process only.

The format is given and not guessed, and no protocol is allowed: what is opened is the file that is standard input.
What of a damaged or cut film can be read is read, and said to be cut.
"""

import importlib
import os
import pkgutil
import time
from collections.abc import Iterator
from dataclasses import dataclass

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream

from marque.works.video.decoding import messages
from marque.works.video.decoding.choosing import Choice, Grey, size_of

_SHORT = 2.0, 0.02  # seconds, and share of the stated length, that may be missing
_GUESSED = {"mpeg", "mpegts", "mpegvideo"}  # formats that state no length: what a decoder says of it is a guess
_MOST_BAD = 1_000  # packets that may be none
_SCALING = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT

for _module in pkgutil.walk_packages(av.__path__, "av."):  # PyAV imports late, and a confined process opens no file
    if "__main__" not in _module.name:
        importlib.import_module(_module.name)


class Refused(Exception):
    """The file is one that marque does not read; `problem` counts messages.PROBLEMS."""

    def __init__(self, problem: int) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class Ended:
    """Milliseconds that were read, and whether the film goes on or says that it does."""

    time: int = 0
    cut: bool = False


def frames(opened_as: str, seconds: int) -> Iterator[tuple[int, Grey] | Ended]:
    """Frames of the first pictures in standard input with their milliseconds; how it ended comes last."""
    options = {"protocol_whitelist": "none", "format_whitelist": opened_as}
    with (
        os.fdopen(0, "rb", closefd=False) as stream,
        av.open(stream, "r", format=opened_as, options=options) as container,
    ):
        film = _film(container)
        ended, kept = Ended(), 0
        for frame in _kept(_timed(_decoded(container, film, ended, seconds), film, ended)):
            kept += 1
            yield frame
        if not kept:
            raise Refused(messages.DAMAGED if ended.cut else messages.NONE)
        said = 0.0 if opened_as in _GUESSED else _said(container, film)
        ended.cut = ended.cut or ended.time / 1000 < said * (1 - _SHORT[1]) - _SHORT[0]
        yield ended


def _film(container: InputContainer) -> VideoStream:
    """The stream that moves; a cover picture does not."""
    moving = [each for each in container.streams.video if not each.disposition & av.stream.Disposition.attached_pic]
    if not moving:
        raise Refused(messages.NONE)
    film = moving[0]
    context = film.codec_context
    _check(context.width, context.height)
    context.thread_type, context.thread_count = "NONE", 1  # a confined process starts no thread
    context.options = {"max_pixels": str(messages.MAX_PIXELS)}
    return film


def _check(width: int, height: int) -> None:
    if width * height > messages.MAX_PIXELS:
        raise Refused(messages.TOO_LARGE)


def _decoded(container: InputContainer, film: VideoStream, ended: Ended, seconds: int) -> Iterator[VideoFrame]:
    """Frame after frame while there is time; packets that are none are passed over."""
    bad = 0
    try:
        for packet in container.demux(film):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                bad += 1
                ended.cut = True
            if bad > _MOST_BAD or time.process_time() > seconds:
                ended.cut = True
                return
    except (av.error.FFmpegError, MemoryError):
        ended.cut = True


def _timed(decoded: Iterator[VideoFrame], film: VideoStream, ended: Ended) -> Iterator[tuple[int, VideoFrame]]:
    """Frames with milliseconds from the first; what goes back in time is passed over."""
    start = None
    each = 1000 / float(film.average_rate or 25)
    for number, frame in enumerate(decoded):
        stated = frame.time
        start = stated if start is None else start
        at = round(number * each if stated is None or start is None else 1000 * (stated - start))
        if at > 1000 * messages.MAX_SECONDS:
            ended.cut = True
            return
        if number == 0 or at > ended.time:
            ended.time = at
            yield at, frame


def _kept(timed: Iterator[tuple[int, VideoFrame]]) -> Iterator[tuple[int, Grey]]:
    choice, scaler = Choice(), VideoReformatter()
    for at, frame in timed:
        if not choice.looks(at):
            continue
        _check(frame.width, frame.height)
        columns, rows = size_of(frame.width, frame.height)
        if not messages.LEAST_SIDE <= rows <= messages.TALLEST or columns < messages.LEAST_SIDE:
            raise Refused(messages.TOO_LARGE)
        grey = np.asarray(
            scaler.reformat(frame, columns, rows, "gray", interpolation=_SCALING, threads=1).to_ndarray(), np.uint8
        )
        if choice.keeps(at, grey):
            yield at, grey


def _said(container: InputContainer, film: VideoStream) -> float:
    """How many seconds the file says it has; 0 where it does not."""
    if film.duration and film.time_base:
        return float(film.duration * film.time_base)
    return (container.duration or 0) / av.time_base
