"""The process film is decoded in: `python -m marque.works.video.decoding.worker`, started by the client only.

It reads the file that is its standard input and writes the frames it keeps to its standard output. It gives up other
files, network, further processes and most memory before the first hostile byte.
"""

import resource
import sys

import numpy as np

from marque.signals.pictures.decoding.confine import Cage, confine
from marque.works.audio.decoding.pipe import PROBLEM, say
from marque.works.video.decoding import messages

ROOM = 1_200 << 20  # bytes of memory: a stream of the largest frames allowed keeps sixteen of them
GRACE = 20  # seconds of processor time between asking a decoder to stop and ending it


def main(opened_as: str, seconds: int) -> None:
    """Decode standard input to standard output, for so many seconds of processor time."""
    try:
        from marque.works.video.decoding import by_av
    except ImportError:
        say(PROBLEM, bytes([messages.NEEDS_AV]))
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + GRACE, seconds + GRACE))
    confine(Cage(), [0, 1], ROOM)
    try:
        for said in by_av.frames(opened_as, seconds):
            if isinstance(said, by_av.Ended):
                say(messages.END, messages.LAST.pack(said.time, said.cut))
            else:
                time, grey = said
                say(messages.FRAME, messages.PLACE.pack(time, *grey.shape) + np.ascontiguousarray(grey).tobytes())
    except by_av.Refused as reason:
        say(PROBLEM, bytes([reason.problem]))
    except Exception:  # decoders raise what they like, and the client only needs to know that they did
        say(PROBLEM, bytes([messages.DAMAGED]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
