"""Exact search by the coarsest bits."""

import numpy as np
import pytest

from marque.works.audio import keys
from marque.works.audio.model import Bytes


def flipped(codes: Bytes, share: float, seed: int) -> Bytes:
    random = np.random.default_rng(seed)
    return codes ^ np.packbits(random.random((len(codes), 256)) < share, axis=1)


@pytest.mark.parametrize(("flips", "radius"), [(1, 7), (2, 11)])
def test_none_is_missed(flips: int, radius: int) -> None:
    codes = np.random.default_rng(1).integers(0, 256, (400, 32), np.uint8)
    asked = np.concatenate([flipped(codes[:100], share, 2) for share in (0.0, 0.05, 0.15, 0.3)])
    apart = np.bitwise_count(asked[:, None] ^ codes[None]).astype(int)
    expected = np.argwhere((apart[:, :, :8].sum(axis=2) <= radius) & (apart.sum(axis=2) <= 80))
    query, code, distance = keys.build(codes).search(asked, 80, flips)
    assert np.stack([query, code], axis=1).tolist() == expected.tolist()
    assert distance.tolist() == apart.sum(axis=2)[query, code].tolist()


def test_nothing_among_nothing() -> None:
    none = np.zeros((0, 32), np.uint8)
    some = np.ones((3, 32), np.uint8)
    assert [len(part) for part in keys.build(none).search(some, 256)] == [0, 0, 0]
    assert [len(part) for part in keys.build(some).search(none, 256)] == [0, 0, 0]


def test_a_crowd_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    one, others = random.integers(0, 256, (1, 32), np.uint8), random.integers(0, 256, (50, 32), np.uint8)
    monkeypatch.setattr(keys, "CROWD", 100)
    made = keys.build(np.concatenate([np.repeat(one, 300, axis=0), others]))
    assert [len(part) for part in made.search(one, 90)] == [0, 0, 0]
    assert made.search(others, 90)[1].tolist() == list(range(300, 350))
