"""WAV, FLAC, Ogg, MP3, AIFF and AU through libsndfile, in the confined process only."""

from collections.abc import Iterator

import soundfile

from marque.works.audio.decoding import messages
from marque.works.audio.decoding.channels import Block, Refused, check, one
from marque.works.audio.decoding.messages import BLOCK

_FORMATS = {"WAV": ("WAV", "WAVEX", "RF64"), "AIFF": ("AIFF",)}


def blocks(opened_as: str) -> Iterator[tuple[int, Block]]:
    """Rate and samples of standard input."""
    with soundfile.SoundFile(0, closefd=False) as sound:
        if sound.format not in _FORMATS.get(opened_as, (opened_as,)):
            raise Refused(messages.DAMAGED)
        check(sound.samplerate, sound.channels)
        if sound.frames > messages.MAX_SECONDS * sound.samplerate and opened_as != "MP3":
            raise Refused(messages.TOO_LONG)
        for block in one(_parts(sound), sound.samplerate):
            yield sound.samplerate, block


def _parts(sound: soundfile.SoundFile) -> Iterator[Block]:
    read = 0
    while len(part := sound.read(BLOCK, dtype="float32", always_2d=True)):
        read += len(part)
        yield part
    if not read:
        raise Refused(messages.NONE)
    if read < sound.frames - BLOCK // 16:  # a file without an index of its length is estimated to a frame or two
        raise Refused(messages.DAMAGED)
