"""The process sound is decoded in: `python -m marque.works.audio.decoding.worker`, started by the client only.

It reads the file that is its standard input and writes one channel of samples to its standard output. It gives up
other files, network, further processes and most memory before the first hostile byte.
"""

import resource
import sys
from collections.abc import Callable, Iterator

from marque.signals.pictures.decoding.confine import Cage, confine
from marque.works.audio.decoding import messages
from marque.works.audio.decoding.channels import Block, Refused
from marque.works.audio.decoding.pipe import PROBLEM, say

CPU_SECONDS = 300  # for the longest film; a song takes one


def main(decoder: str, opened_as: str) -> None:
    """Decode standard input to standard output."""
    try:
        loaded = _load(decoder)
    except ImportError:
        say(PROBLEM, bytes([messages.NEEDS_AV]))
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    confine(Cage(), [0, 1])
    said = 0
    try:
        for rate, block in loaded(opened_as):
            if rate != said:
                say(messages.BEGIN, messages.RATE.pack(rate))
                said = rate
            say(messages.SOUND, block.astype("<f4").tobytes())
        say(messages.END, b"")
    except Refused as reason:
        say(PROBLEM, bytes([reason.problem]))
    except Exception:  # decoders raise what they like, and the client only needs to know that they did
        say(PROBLEM, bytes([messages.DAMAGED]))


def _load(decoder: str) -> Callable[[str], Iterator[tuple[int, Block]]]:
    """A decoder, imported now: a confined process opens no file, not even a module's."""
    if decoder == "av":
        from marque.works.audio.decoding import by_av

        return by_av.blocks
    from marque.works.audio.decoding import by_soundfile

    return by_soundfile.blocks


if __name__ == "__main__":
    main(*sys.argv[1:3])
