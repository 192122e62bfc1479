"""Many channels to one."""

import numpy as np
import pytest

from marque.works.audio.decoding import messages
from marque.works.audio.decoding.channels import Block, Refused, check, one

SOUND = np.sin(np.arange(5_000) / 20).astype(np.float32)


def mixed(*channels: Block) -> Block:
    return np.concatenate(list(one(iter([np.stack(channels, axis=1).astype(np.float32)]), 8_000)))


@pytest.mark.parametrize(
    ("channels", "strength"),
    [
        pytest.param((SOUND,), 1.0, id="one"),
        pytest.param((SOUND, SOUND), 1.0, id="two alike"),
        pytest.param((SOUND, -SOUND), 1.0, id="one inverted"),
        pytest.param((SOUND, 0 * SOUND), 0.5, id="one silent"),
    ],
)
def test_the_sound_stays(channels: tuple[Block, ...], strength: float) -> None:
    assert np.abs(mixed(*channels) - strength * SOUND).max() < 1e-6


def test_what_is_no_number_is_silence() -> None:
    assert mixed(np.array([np.nan, np.inf, -np.inf, 100.0], np.float32)).tolist() == [0.0, 0.0, 0.0, 8.0]


def test_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_SECONDS", 2)
    block = np.zeros((4_000, 1), np.float32)
    assert len(list(one(iter([block] * 2), 4_000))) == 2
    with pytest.raises(Refused) as refused:
        list(one(iter([block] * 3), 4_000))
    assert refused.value.problem == messages.TOO_LONG


@pytest.mark.parametrize(("rate", "channels"), [(100, 1), (1_000_000, 2), (44_100, 0), (44_100, 900)])
def test_what_no_sound_has_is_refused(rate: int, channels: int) -> None:
    with pytest.raises(Refused):
        check(rate, channels)
