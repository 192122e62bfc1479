"""Music for the tests of sound, at the rate that is looked at, and its fingerprints without files."""

from functools import lru_cache

import numpy as np
import pyarrow as pa

from marque.bench.identification.audio_material import render, score
from marque.works.audio import model
from marque.works.audio.fingerprint import codes_of
from marque.works.audio.model import Floats
from marque.works.audio.spectrogram import RATE

SECONDS = 24


@lru_cache(maxsize=8)
def stereo(seed: int) -> Floats:
    """A work of 24 seconds at twice RATE, two channels."""
    return render(score(seed, SECONDS), SECONDS)


@lru_cache(maxsize=8)
def song(seed: int) -> Floats:
    """The same, one channel at RATE."""
    whole = stereo(seed).mean(axis=1)
    return np.asarray((whole[::2] + whole[1::2]) / 2, np.float32)


def cut(seed: int, start: float, end: float) -> Floats:
    """Seconds `start` to `end` of a work."""
    return song(seed)[int(start * RATE) : int(end * RATE)]


def table(*parts: Floats) -> pa.Table:
    """The fingerprint of some sounds one after the other."""
    return model.table(codes_of(iter([np.concatenate(parts).astype(np.float32)])))


@lru_cache(maxsize=8)
def known(seed: int) -> pa.Table:
    """The fingerprint of a whole work."""
    return table(song(seed))


def tone(hertz: float, seconds: float) -> Floats:
    """A steady tone."""
    return np.asarray(0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE), np.float32)


def clicks(seconds: float) -> Floats:
    """A metronome."""
    at = np.arange(int(seconds * RATE))
    return np.where(at % (RATE // 2) < 30, 0.8, 0.0).astype(np.float32)


def sweep(seconds: float) -> Floats:
    """A tone that rises an octave in 15 seconds."""
    at = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(0.5 * np.sin(2 * np.pi * np.cumsum(200 * 2 ** (at / 15)) / RATE), np.float32)


def noise(seconds: float, strength: float = 0.1, seed: int = 1) -> Floats:
    """White noise."""
    return np.random.default_rng(seed).normal(0, strength, int(seconds * RATE)).astype(np.float32)
