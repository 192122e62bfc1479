"""Attacks on sound do what they say."""

import numpy as np
import pytest

from marque.bench.identification.audio_attacks import (
    ATTACKS,
    Attack,
    mp3,
    noisy,
    resampled,
    shifted,
    stretched,
    telephoned,
)
from marque.bench.identification.audio_material import RATE, Sound

TONE = np.repeat(0.3 * np.sin(2 * np.pi * 500 * np.arange(2 * RATE) / RATE).astype(np.float32)[:, None], 2, axis=1)


def pitch(sound: Sound) -> float:
    strength = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    return float(strength.argmax() * RATE / len(sound))


@pytest.mark.parametrize(
    ("made", "hertz", "seconds"),
    [
        pytest.param(resampled(TONE, 1.04), 520, 2 / 1.04, id="speed"),
        pytest.param(stretched(TONE, 1.04), 500, 2 / 1.04, id="tempo"),
        pytest.param(shifted(TONE, 1.04), 520, 2.0, id="pitch"),
        pytest.param(mp3(TONE, 64), 500, 2.0, id="MP3"),
        pytest.param(telephoned(TONE), 500, 2.0, id="telephone"),
    ],
)
def test_pitch_and_length(made: Sound, hertz: float, seconds: float) -> None:
    assert pitch(made) == pytest.approx(hertz, abs=3)
    assert len(made) / RATE == pytest.approx(seconds, abs=0.1)


@pytest.mark.parametrize("decibels", [5, 10])
def test_noise_is_as_strong_as_said(decibels: int) -> None:
    added = noisy(TONE, np.random.default_rng(1), decibels) - TONE
    assert 10 * np.log10(np.mean(TONE**2) / np.mean(added**2)) == pytest.approx(decibels, abs=0.1)


@pytest.mark.parametrize("attack", [pytest.param(attack, id=name) for name, attack in ATTACKS])
def test_every_attack_gives_the_same_sound_for_the_same_seed(attack: Attack) -> None:
    one, other = (attack(TONE, np.random.default_rng(2)) for _ in range(2))
    assert one.dtype == np.float32
    assert one.shape[1] == 2
    assert np.isfinite(one).all()
    assert (one == other).all()
