"""Which recording is it? Works of our own, half of them unknown to the catalogue, asked for as clips after each attack.

Recall is the share of clips of known works for which the right unit is named `match`; false is any other unit named
`match`. Nothing here says how real music of one genre, played on the same machines, would fare.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from marque.bench.identification import audio_fpcalc
from marque.bench.identification.audio_attacks import ATTACKS, Attack
from marque.bench.identification.audio_material import RATE, Random, Sound, cover, render, score
from marque.bench.model import Absent, Figure
from marque.works.audio.decoding.channels import one
from marque.works.audio.fingerprint import codes_of
from marque.works.audio.identify import identify
from marque.works.audio.model import CODE_BYTES, Codes, read, table
from marque.works.audio.reference import Reference, build
from marque.works.audio.resample import resampled
from marque.works.audio.spectrogram import RATE as LOOKED_AT
from marque.works.model import MATCH, UNSURE

SEED, WORKS, QUERIES = 16, 12, 840
SECONDS, CLIP = 60.0, 10.0
BENCH, MANY = "identification", 100  # units of 4 minutes in the catalogue that time is measured against


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one attack: clips of known works, those named right, clips in all, those where another unit was named."""

    known: int
    right: int
    asked: int
    false: int


def run(seed: int = SEED, works: int = WORKS, queries: int = QUERIES) -> Iterator[Figure | Absent]:
    """One row a figure."""
    case = f"music seed {seed}, {works} works"
    sounds = world(seed, works)
    begun = time.process_time()
    tables = [fingerprint(sound) for sound in sounds]
    took = time.process_time() - begun
    yield _figure(case, "speed of fingerprinting", works * SECONDS / took, "s of sound per CPU s")
    yield _figure(case, "size", np.mean([part.num_rows for part in tables]) * (CODE_BYTES + 8), "bytes a minute")
    clips = max(1, queries // len(ATTACKS))
    yield from rates(case, seed, sounds, build(tables[::2]), clips)
    yield from _others(case, seed, sounds, build(tables[::2]))
    yield from _time(seed, tables)
    yield from audio_fpcalc.figures(case, sounds, ATTACKS, max(1, clips // 2), seed)


def world(seed: int, works: int, seconds: float = SECONDS) -> list[Sound]:
    """The works of a seed."""
    return [render(score(seed * 1_000 + number, seconds), seconds) for number in range(works)]


def rates(case: str, seed: int, sounds: list[Sound], reference: Reference, clips: int) -> Iterator[Figure]:
    """Recall and false names under each attack, of so many clips."""
    for number, (name, attack) in enumerate(ATTACKS):
        random = np.random.default_rng([seed, number])
        yield from _rates(f"{case}: {name}", tally(sounds, reference, attack, clips, random))


def fingerprint(sound: Sound) -> pa.Table:
    """As of a file of these samples, without the file."""
    blocks = one(iter([np.ascontiguousarray(sound)]), RATE)
    return table(codes_of(resampled(blocks, RATE, LOOKED_AT)))


def tally(sounds: list[Sound], reference: Reference, attack: Attack, clips: int, random: Random) -> Tally:
    """Ask for `clips` clips of works in turn; every second work is known."""
    known = right = false = 0
    for clip in range(clips):
        work = clip % len(sounds)
        begin = int(random.uniform(0, len(sounds[work]) - CLIP * RATE))
        asked = fingerprint(attack(sounds[work][begin : begin + int(CLIP * RATE)], random))
        named = {found.unit for found in identify(asked, reference) if found.answer == MATCH}
        own = {work // 2} if work % 2 == 0 else set()
        known += len(own)
        right += len(named & own)
        false += bool(named - own)
    return Tally(known, right, clips, false)


def _rates(case: str, of: Tally) -> Iterator[Figure]:
    yield Figure(BENCH, "marque", case, "recall", round(of.right / max(1, of.known), 4), f"of {of.known} clips")
    yield Figure(BENCH, "marque", case, "false", float(of.false), f"of {of.asked} clips, at most 3 in {of.asked}")


def _others(case: str, seed: int, sounds: list[Sound], reference: Reference) -> Iterator[Figure]:
    """What is reported and not passed or failed: cover versions, and a mix of two works with an unknown one between."""
    covers = [cover(score(seed * 1_000 + number, SECONDS), seed + number) for number in range(0, len(sounds), 2)]
    named = [identify(fingerprint(render(played, SECONDS / 2)), reference) for played in covers]
    for answer in (MATCH, UNSURE):
        count = sum(any(found.answer == answer for found in asked) for asked in named)
        yield Figure(BENCH, "marque", f"{case}: cover versions", answer, float(count), f"of {len(named)}")
    mixed = [_mix(sounds, number) for number in range(0, len(sounds) - 2, 4)]
    both = [
        {0, 1} == {found.unit - number // 2 for found in asked if found.answer == MATCH}
        for number, asked in zip(range(0, len(sounds) - 2, 4), (identify(mix, reference) for mix in mixed), strict=True)
    ]
    yield Figure(BENCH, "marque", f"{case}: mix of two works", "recall", float(np.mean(both)), f"of {len(both)} mixes")


def _mix(sounds: list[Sound], number: int) -> pa.Table:
    parts = [sounds[number][10 * RATE : 25 * RATE], sounds[number + 1][: 8 * RATE], sounds[number + 2][: 15 * RATE]]
    return fingerprint(np.concatenate(parts))


def _time(seed: int, tables: list[pa.Table]) -> Iterator[Figure]:
    """A 10 second clip against MANY units: the works' own codes, a quarter of the bits flipped in each."""
    random = np.random.default_rng([seed, 99])
    units = [_varied([tables[(number + part) % len(tables)] for part in range(4)], random) for number in range(MANY)]
    begun = time.process_time()
    reference = build(units)
    case, built = f"{MANY} units, {len(reference.unit)} codes", time.process_time() - begun
    yield _figure(case, "build", built, "CPU s")
    asked = [_clip(part) for part in tables[:10]]
    begun = time.process_time()
    for clip in asked:
        identify(clip, reference)
    yield _figure(case, "10 s clip", (time.process_time() - begun) / len(asked), "CPU s")


def _varied(parts: list[pa.Table], random: Random) -> pa.Table:
    codes = [read(part) for part in parts]
    joined = np.concatenate([part.codes for part in codes])
    flipped = np.packbits(random.random((len(joined), CODE_BYTES * 8)) < 0.25, axis=1)
    starts = np.cumsum([0.0, *(part.seconds for part in codes)])[:-1]
    moments = np.concatenate([part.time + np.float32(start) for part, start in zip(codes, starts, strict=True)])
    pitches = np.concatenate([part.pitch for part in codes])
    return table(Codes(sum(part.seconds for part in codes), moments, pitches, joined ^ flipped))


def _clip(whole: pa.Table) -> pa.Table:
    codes = read(whole)
    inside = codes.time < CLIP
    return table(Codes(CLIP, codes.time[inside], codes.pitch[inside], codes.codes[inside]))


def _figure(case: str, metric: str, value: float, unit: str) -> Figure:
    return Figure(BENCH, "marque", case, metric, round(float(value), 4), unit)
