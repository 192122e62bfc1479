"""Places that the sound chooses, and where it chooses none."""

import numpy as np
import pytest

from marque.works.audio import patches
from marque.works.audio.model import Floats
from marque.works.audio.spectrogram import RATE
from tests.works.audio.sounds import clicks, cut, noise, song, sweep, tone


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(np.zeros(10 * RATE, np.float32), id="silence"),
        pytest.param(noise(10, 1e-6), id="the noise of silence"),
        pytest.param(tone(440, 10), id="test tone"),
        pytest.param(tone(440, 10) + tone(550, 10) + tone(660, 10), id="steady chord"),
        pytest.param(sweep(10), id="sweep"),
        pytest.param(np.zeros(1, np.float32), id="one sample"),
    ],
)
def test_what_anybody_could_play_has_no_code(sound: Floats) -> None:
    assert len(patches.find(sound, 0, 10_000).codes) == 0


def test_a_metronome_has_next_to_none() -> None:
    assert len(patches.find(clicks(20), 0, 10_000).codes) <= 8


def test_at_most_ten_codes_a_second_and_enough_of_them() -> None:
    found = patches.find(song(1), 0, 10_000)
    assert 4 <= len(found.codes) / 24 <= 10.5
    assert np.bincount(found.time.astype(int)).max() <= 2 * patches.MOST


def test_a_clip_has_the_codes_of_the_whole_wherever_it_begins() -> None:
    whole, clip = patches.find(song(1), 0, 10_000), patches.find(cut(1, 7.013, 19.0), 0, 10_000)
    apart = np.bitwise_count(whole.codes[:, None] ^ clip.codes[None]).sum(axis=2)
    late = np.abs(whole.time[:, None] - clip.time[None] - 7.013) < 0.1
    assert ((apart <= 40) & late).any(axis=0).mean() >= 0.7


def test_only_places_in_the_frames_asked_for() -> None:
    found = patches.find(song(1), 200, 400)
    assert len(found.time)
    assert (found.time * RATE / 256 >= 199).all()
    assert (found.time * RATE / 256 <= 401).all()
