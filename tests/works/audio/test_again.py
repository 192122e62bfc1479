"""What comes again counts once."""

import numpy as np

from marque.works.audio import again


def test_the_first_of_what_sounds_alike() -> None:
    random = np.random.default_rng(1)
    one, two = random.integers(0, 256, (2, 32), np.uint8)
    near = one ^ np.array([3] + [0] * 31, np.uint8)
    nearer_still = near ^ np.array([0, 7] + [0] * 30, np.uint8)
    assert again.firsts(np.stack([one, two, near, nearer_still, two])).tolist() == [0, 1, 0, 0, 1]


def test_nothing() -> None:
    assert len(again.firsts(np.zeros((0, 32), np.uint8))) == 0


def test_a_second_is_fresh_where_most_of_it_is_new() -> None:
    earliest, second = np.array([0, 1, 2, 0, 1, 5, 6]), np.array([0, 0, 0, 1, 1, 1, 2])
    assert again.fresh(earliest, second).tolist() == [True, True, True, False, False, False, True]
