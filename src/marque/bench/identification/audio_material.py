"""Music of our own for the sound benchmark: same seed, same samples. It is no recording of anybody's.

Works differ in style, tempo, key, timbre and tune; some share drum loops and chord progressions on purpose, because
real works do. A cover plays another work's tune and chords with other instruments, tempo and drums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
Random = np.random.Generator

RATE = 22_050
SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9, 12, 14), (0, 2, 3, 5, 7, 9, 10))
PROGRESSIONS = ((0, 4, 5, 3), (0, 5, 3, 4), (5, 3, 0, 4), (0, 3, 4, 4), (0, 2, 3, 4), (1, 4, 0, 0))
LOOPS = 4  # drum loops that the works share


@dataclass(frozen=True, slots=True)
class Timbre:
    """Strength of each harmonic, attack and decay in seconds (no decay: held), vibrato depth in semitones."""

    harmonics: tuple[float, ...]
    attack: float
    decay: float
    vibrato: float


@dataclass(frozen=True, slots=True)
class Score:
    """What is played. `loop` is the drum loop, -1 for none; loops below LOOPS are shared between works."""

    seed: int
    beat: float
    root: int
    scale: tuple[int, ...]
    progression: tuple[int, ...]
    tune: tuple[tuple[float, float, int], ...]  # beat, beats, step of the scale
    lead: Timbre
    backing: Timbre
    loop: int
    arpeggio: bool


def timbre(random: Random, held: bool) -> Timbre:
    """A timbre nobody else has."""
    slope = random.uniform(0.6, 2.2)
    odd = random.random() < 0.3
    strength = [
        random.uniform(0.3, 1.0) / number**slope * (0.1 if odd and number % 2 == 0 else 1.0) for number in range(1, 13)
    ]
    decay = 0.0 if held else random.uniform(0.15, 0.9)
    attack = random.uniform(0.02, 0.15) if held else random.uniform(0.003, 0.02)
    return Timbre(tuple(strength), attack, decay, float(random.choice([0.0, 0.15, 0.3])))


def score(seed: int, seconds: float) -> Score:
    """The work number `seed`: parts in the order A A' B A, so that some of it comes again as in real songs."""
    random = np.random.default_rng([seed, 77])
    loop = int(random.choice([-1, *range(LOOPS), 1_000 + seed]))
    beat = 60 / np.random.default_rng([loop if loop >= 0 else seed, 81]).uniform(68, 150)  # a loop has its own tempo
    beats = int(seconds / beat) + 8
    tune: list[tuple[float, float, int]] = []
    part_a, part_b = (list(_phrase(random, 32)) for _ in range(2))
    for number, start in enumerate(range(0, beats, 32)):
        part = part_b if number % 4 == 2 else part_a
        for at, length, step in part:
            varied = step + int(random.integers(-2, 3)) if random.random() < 0.25 else step
            tune.append((start + at, length, varied))
    return Score(
        seed,
        beat,
        int(random.integers(45, 57)),
        SCALES[int(random.integers(len(SCALES)))],
        PROGRESSIONS[int(random.integers(len(PROGRESSIONS)))],
        tuple(tune),
        timbre(random, bool(random.random() < 0.5)),
        timbre(random, bool(random.random() < 0.6)),
        loop,
        bool(random.random() < 0.4),
    )


def cover(original: Score, seed: int) -> Score:
    """The same tune and chords played by others: another recording, another tempo and key."""
    random = np.random.default_rng([seed, 78])
    return replace(
        original,
        seed=seed,
        beat=original.beat * random.uniform(0.85, 1.2),
        root=original.root + int(random.integers(-4, 5)),
        lead=timbre(random, True),
        backing=timbre(random, False),
        loop=1_000 + seed,
    )


def _phrase(random: Random, beats: int) -> Iterator[tuple[float, float, int]]:
    at, step = 0.0, int(random.integers(4, 10))
    while at < beats:
        length = float(random.choice([0.25, 0.5, 0.5, 0.75, 1.0, 1.0, 1.5, 2.0]))
        if random.random() < 0.85:
            yield at, length, step
        step = int(np.clip(step + random.integers(-3, 4), 0, 16))
        at += length


def render(work: Score, seconds: float) -> Sound:
    """The work as n x 2 samples between -1 and 1."""
    size = int(seconds * RATE)
    mix = np.zeros((size, 2), np.float32)
    random = np.random.default_rng([work.seed, 79])
    for at, length, step in work.tune:
        _add(mix, note(work.lead, _pitch(work, step) + 12, length * work.beat, random), at * work.beat, 0.4, 0.5)
    _chords(mix, work, random)
    if work.loop >= 0:
        bar = drums(work.loop, work.beat)
        for start in range(0, size, len(bar)):
            piece = bar[: size - start]
            mix[start : start + len(piece)] += piece[:, None]
    mix = _room(mix, random)
    return np.asarray(0.7 * mix / np.abs(mix).max(), np.float32)


def _chords(mix: Sound, work: Score, random: Random) -> None:
    bar = 4 * work.beat
    for number in range(int(len(mix) / RATE / bar) + 1):
        degree = work.progression[number % len(work.progression)]
        _add(mix, note(work.backing, _pitch(work, degree) - 12, bar, random), number * bar, 0.5, 0.45)
        for place, third in enumerate((0, 2, 4, 6 if work.arpeggio else 0)):
            late = place * work.beat if work.arpeggio else 0.0
            length = work.beat if work.arpeggio else bar
            _add(mix, note(work.backing, _pitch(work, degree + third), length, random), number * bar + late, 0.2, 0.6)


def _pitch(work: Score, step: int) -> int:
    octave, degree = divmod(step, len(work.scale))
    return work.root + 12 * octave + work.scale[degree]


def note(voice: Timbre, pitch: float, seconds: float, random: Random) -> Sound:
    """One note; the hand is never twice the same, so neither are two notes."""
    size = max(1, int((seconds + 0.08) * RATE))
    at = np.arange(size) / RATE
    sway = voice.vibrato * np.sin(2 * np.pi * random.uniform(4.5, 6.5) * at) * np.minimum(at / 0.3, 1)
    hertz = 440 * 2 ** ((pitch - 69 + sway + random.normal(0, 0.03)) / 12)
    turn = np.exp(2j * np.pi * np.cumsum(hertz) / RATE).astype(np.complex64)
    fade = np.exp(-at * 0.4 / voice.decay).astype(np.float32) if voice.decay else np.float32(1.0)
    whole, made = turn * fade, np.zeros(size, np.complex64)
    for number, strength in enumerate(voice.harmonics, 1):
        if number * hertz.max() < 0.45 * RATE:
            made += np.complex64(strength * np.exp(1j * random.uniform(0, 6.28))) * whole
            whole *= turn * fade
    edge = np.minimum(1, np.minimum(at / voice.attack, (at[-1] - at) / 0.06))
    return np.asarray(made.imag * edge * random.uniform(0.7, 1.0), np.float32)


def _add(mix: Sound, part: Sound, seconds: float, strength: float, side: float) -> None:
    start = int(seconds * RATE)
    piece = part[: max(0, len(mix) - start)]
    if len(piece):
        mix[start : start + len(piece), 0] += strength * side * piece
        mix[start : start + len(piece), 1] += strength * (1 - side) * piece


def drums(loop: int, beat: float) -> Sound:
    """A bar or two of drums. The same loop at the same tempo is the same samples, as from a sample library."""
    random = np.random.default_rng([loop, 80])
    sixteenth = beat / 4
    made = np.zeros(int(32 * sixteenth * RATE), np.float32)
    hits = [_kick(random), _burst(random, 0.15, 180.0), _burst(random, 0.04, 0.0)]
    chance = [random.random(32) * weight for weight in (0.45, 0.4, 0.9)]
    for number, (hit, likely) in enumerate(zip(hits, chance, strict=True)):
        strong = np.arange(32) % 8 == (0, 4, 0)[number]
        for step in np.flatnonzero((likely > 0.33) | strong):
            start = int(step * sixteenth * RATE)
            piece = hit[: len(made) - start]
            made[start : start + len(piece)] += (0.5, 0.35, 0.12)[number] * piece
    return made


def _kick(random: Random) -> Sound:
    at = np.arange(int(0.3 * RATE)) / RATE
    hertz = random.uniform(42, 60) + random.uniform(80, 160) * np.exp(-at * 30)
    return np.asarray(np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * np.exp(-at * 12), np.float32)


def _burst(random: Random, seconds: float, tone: float) -> Sound:
    at = np.arange(int(seconds * 3 * RATE)) / RATE
    noise = random.normal(0, 0.6, len(at)) + np.sin(2 * np.pi * tone * at)
    return np.asarray(noise * np.exp(-at / seconds * 2.5), np.float32)


def _room(mix: Sound, random: Random) -> Sound:
    """Echoes of a room, a little different on both sides."""
    from scipy.signal import oaconvolve

    size = int(random.uniform(0.1, 0.5) * RATE)
    tail = random.normal(0, 1, (size, 2)) * np.exp(-np.arange(size) / size * 5)[:, None] * random.uniform(0.01, 0.04)
    tail[0] = 1.0
    return np.asarray(oaconvolve(mix, tail.astype(np.float32), axes=0)[: len(mix)], np.float32)
