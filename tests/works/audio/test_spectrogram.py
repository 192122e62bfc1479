"""The picture of sound: higher moves it, louder does not show."""

import numpy as np

from marque.works.audio.spectrogram import FRAMES, STEPS, picture
from tests.works.audio.sounds import cut, tone


def test_an_octave_higher_is_an_octave_of_steps_higher() -> None:
    low, high = (picture(tone(hertz, 3.0))[int(1.5 * FRAMES)].argmax() for hertz in (440, 880))
    assert high - low == STEPS


def test_volume_does_not_show() -> None:
    sound = cut(1, 0, 5)
    assert np.abs(picture(sound) - picture(sound * np.float32(0.1))).mean() < 0.02


def test_silence_is_dark() -> None:
    assert picture(np.zeros(20_000, np.float32)).max() == 0.0
