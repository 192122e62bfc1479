"""Sound in blocks at another rate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works.audio import resample
from marque.works.audio.model import Floats


def whole(sound: Floats, rate: int, cuts: list[int]) -> Floats:
    parts = np.split(sound, sorted(at % len(sound) for at in cuts))
    return np.concatenate(list(resample.resampled(iter(parts), rate, 11_025)))


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 384_000])
def test_a_tone_stays_the_tone(rate: int) -> None:
    sound = np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate).astype(np.float32)
    made = whole(sound, rate, [])
    expected = np.sin(2 * np.pi * 440 * np.arange(len(made)) / 11_025)
    assert len(made) == pytest.approx(22_050, abs=3)
    assert np.abs(made - expected)[500:-500].max() < 0.02


@settings(max_examples=12, deadline=None)
@given(rate=st.sampled_from([22_050, 44_100, 48_000]), cuts=st.lists(st.integers(0, 1 << 20), max_size=5))
def test_blocks_do_not_show(rate: int, cuts: list[int]) -> None:
    sound = np.random.default_rng(3).normal(0, 0.1, 300_000).astype(np.float32)
    assert (whole(sound, rate, cuts) == whole(sound, rate, [])).all()
