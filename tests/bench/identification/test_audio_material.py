"""Music of our own: the same for the same seed, and different from work to work."""

import numpy as np

from marque.bench.identification.audio_material import LOOPS, RATE, cover, drums, render, score


def test_the_same_seed_plays_the_same() -> None:
    one, other = (render(score(7, 6), 6) for _ in range(2))
    assert (one == other).all()
    assert one.shape == (6 * RATE, 2)
    assert 0.5 < np.abs(one).max() <= 1.0


def test_works_differ() -> None:
    works = [score(seed, 30) for seed in range(30)]
    assert len({work.tune for work in works}) == 30
    assert len({work.beat for work in works if work.loop < 0 or work.loop >= LOOPS}) > 10


def test_some_works_share_a_drum_loop_at_its_tempo() -> None:
    shared = [work for work in (score(seed, 10) for seed in range(40)) if 0 <= work.loop < LOOPS]
    assert len({work.loop for work in shared}) == len({(work.loop, work.beat) for work in shared}) == LOOPS
    assert (drums(1, 0.5) == drums(1, 0.5)).all()


def test_a_cover_plays_the_same_tune_otherwise() -> None:
    original = score(3, 20)
    other = cover(original, 4)
    assert other.tune == original.tune
    assert (other.beat, other.lead, other.loop) != (original.beat, original.lead, original.loop)
