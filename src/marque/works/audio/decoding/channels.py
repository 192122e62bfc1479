"""From the channels of a file to one, in blocks, and the bounds that every decoder keeps."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from marque.works.audio.decoding import messages
from marque.works.audio.decoding.messages import BLOCK

QUIET = 0.25  # of what the channels hold: less in their mean, and one is the other upside down

Block = npt.NDArray[np.float32]


class Refused(Exception):
    """The file is one that marque does not read; `problem` counts messages.PROBLEMS."""

    def __init__(self, problem: int) -> None:
        super().__init__(problem)
        self.problem = problem


def check(rate: int, channels: int) -> None:
    """Refuse what no sound for people has."""
    if not (messages.LEAST_RATE <= rate <= messages.MAX_RATE and 0 < channels <= messages.MAX_CHANNELS):
        raise Refused(messages.DAMAGED)


def one(parts: Iterator[Block], rate: int) -> Iterator[Block]:
    """One channel out of many, in blocks of at most BLOCK samples; parts are n x channels."""
    total = 0
    for part in parts:
        total += len(part)
        if total > messages.MAX_SECONDS * rate:
            raise Refused(messages.TOO_LONG)
        for at in range(0, len(part), BLOCK):
            yield _mixed(part[at : at + BLOCK])


def _mixed(channels: Block) -> Block:
    """The channels' mean; where that nearly cancels, as when one is inverted, half their difference."""
    channels = np.clip(np.nan_to_num(channels, nan=0.0, posinf=0.0, neginf=0.0), -8.0, 8.0)
    mean = channels.mean(axis=1)
    if channels.shape[1] == 2 and float(np.mean(mean**2)) < QUIET * float(np.mean(channels**2)):
        return np.asarray((channels[:, 0] - channels[:, 1]) / 2, np.float32)
    return np.asarray(mean, np.float32)
