"""The peer: Chromaprint's `fpcalc`, a program of its own, where it is installed. marque never needs it.

Its fingerprints of clip and work are laid over each other at every offset; the share of equal bits of the best decides,
at the share that names no unknown clip: the most that this peer can reach here without a false name.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from marque.bench.identification.audio_attacks import Attack
from marque.bench.identification.audio_material import RATE, Sound
from marque.bench.model import Absent, Figure

PROGRAM, SECONDS = "fpcalc", 60.0
CLIP = 10 * RATE

Words = npt.NDArray[np.uint32]


def figures(
    case: str, sounds: list[Sound], attacks: Sequence[tuple[str, Attack]], clips: int, seed: int
) -> Iterator[Figure | Absent]:
    """Recall of the peer under each attack; that it is absent where it is."""
    program = shutil.which(PROGRAM)
    if program is None:
        yield Absent("identification", "fpcalc", PROGRAM)
        return
    known = [fingerprint(program, sound) for sound in sounds[::2]]
    for number, (name, attack) in enumerate(attacks):
        random = np.random.default_rng([seed, number])
        right, wrong = [0.0], [0.0]
        for clip in range(clips):
            work = clip % len(sounds)
            begin = int(random.uniform(0, len(sounds[work]) - CLIP))
            asked = fingerprint(program, attack(sounds[work][begin : begin + CLIP], random))
            likeness = [alike(asked, other) for other in known]
            best = int(np.argmax(likeness))
            (right if work == 2 * best else wrong).append(likeness[best])
        recall = (np.array(right[1:]) > max(wrong)).sum() / max(1, -(-clips // 2))
        yield Figure("identification", "fpcalc", f"{case}: {name}", "recall", round(float(recall), 4), "at none false")


def fingerprint(program: str, sound: Sound) -> Words:
    """What the program makes of a sound; nothing where it fails or takes too long."""
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.wav"
        soundfile.write(path, sound, RATE)
        try:
            done = subprocess.run(  # noqa: S603 - a program that the user installed, on a file of ours
                [program, "-raw", "-json", "-length", "120", str(path)],
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
            return np.array(json.loads(done.stdout)["fingerprint"], np.int64).astype(np.uint32)
        except (subprocess.SubprocessError, ValueError, KeyError):
            return np.zeros(0, np.uint32)


def alike(clip: Words, whole: Words) -> float:
    """The largest share of equal bits over all offsets at which the clip lies within the whole."""
    if not 0 < len(clip) <= len(whole):
        return 0.0
    windows = np.lib.stride_tricks.sliding_window_view(whole, len(clip))
    return 1 - float(np.bitwise_count(windows ^ clip).sum(axis=1).min()) / (32 * len(clip))
