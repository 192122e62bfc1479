"""Everything else, the sound of films too, through PyAV where it is installed; in the confined process only.

The format is given and not guessed, and no protocol is allowed: what is opened is the file that is standard input.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer

from marque.works.audio.decoding import messages
from marque.works.audio.decoding.channels import Block, Refused, check, one

_SHORT = 1.0, 0.02  # seconds, and share of the stated length, that may be missing
_GUESSED = {"aac", "ac3", "mpeg", "mpegts"}  # formats that state no length: what a decoder says of it is a guess

for _module in pkgutil.walk_packages(av.__path__, "av."):  # PyAV imports late, and a confined process opens no file
    if "__main__" not in _module.name:
        importlib.import_module(_module.name)


def blocks(opened_as: str) -> Iterator[tuple[int, Block]]:
    """Rate and samples of the first sound in standard input."""
    options = {"protocol_whitelist": "none", "format_whitelist": opened_as}
    with os.fdopen(0, "rb", closefd=False) as stream, av.open(stream, format=opened_as, options=options) as container:
        assert isinstance(container, InputContainer)  # opened for reading
        if not container.streams.audio:
            raise Refused(messages.NONE)
        sound = container.streams.audio[0]
        context = sound.codec_context
        context.thread_type, context.thread_count = "NONE", 1  # a confined process starts no thread
        rate = sound.rate
        check(rate, sound.channels)
        yield from ((rate, block) for block in one(_parts(container, sound, _said(container, sound, opened_as)), rate))


def _parts(container: InputContainer, sound: AudioStream, said: float) -> Iterator[Block]:
    even = av.AudioResampler(format="fltp", rate=sound.rate)
    read = 0
    for frame in container.decode(sound):
        for part in even.resample(frame):
            samples = np.asarray(part.to_ndarray().T, np.float32)
            read += len(samples)
            yield samples
    if not read:
        raise Refused(messages.NONE)
    if read / sound.rate < said * (1 - _SHORT[1]) - _SHORT[0]:
        raise Refused(messages.DAMAGED)


def _said(container: InputContainer, sound: AudioStream, opened_as: str) -> float:
    """How many seconds the file says it has; 0 where it does not."""
    if opened_as in _GUESSED:
        return 0.0
    if sound.duration and sound.time_base:
        return float(sound.duration * sound.time_base)
    return (container.duration or 0) / av.time_base
