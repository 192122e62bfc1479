"""What chance gives between an end and a beginning, and what nearness is worth against it."""

import random

import numpy as np

from marque.networks.moves import DAY, Seen
from marque.networks.succession import gaps
from marque.networks.succession.dated import UNKNOWN, dated


def strewn(count: int, days: int) -> list[Seen]:
    drawn = random.Random(4)
    spans = (sorted(drawn.sample(range(days), 2)) for _ in range(count))
    return [Seen(f"site{number}.example", first * DAY, last * DAY) for number, (first, last) in enumerate(spans)]


def test_bins_keep_the_order_of_days() -> None:
    found = gaps.bins(np.array([-900, -100, -1, 0, 1, 2, 90, 900, UNKNOWN]))
    assert found.tolist() == sorted(found.tolist())
    assert found[-1] == gaps.UNSEEN


def test_a_handover_on_the_day_is_worth_more_the_wider_the_dates_lie() -> None:
    same_day = gaps.bins(np.array([0]))[0]
    wide, narrow = (gaps.measure(dated(strewn(400, days))).evidence()[0, same_day] for days in (3000, 60))
    assert wide > 5 * narrow > 5


def test_dates_that_all_share_say_nothing() -> None:
    crowd = [Seen(f"site{number}.example", 5 * DAY * (number % 2), 10 * DAY) for number in range(300)]
    found = gaps.measure(dated(crowd)).evidence()
    usual = np.argmax(gaps.measure(dated(crowd)).chance)
    assert 0.05 < found[0, usual] < 20


def test_in_a_crowd_somebody_is_always_near() -> None:
    same_day = gaps.bins(np.array([0]))[0]
    evidence = gaps.measure(dated(strewn(400, 3000))).evidence()
    assert (np.diff(evidence[:, same_day]) < 0).all()
    assert evidence[-1, same_day] < 3


def test_near_dates_are_learnt() -> None:
    found = gaps.measure(dated(strewn(400, 3000)))
    week = gaps.bins(np.array([9]))
    before = found.evidence()[0, week[0]]
    found.learn(np.repeat(week, 200), np.ones(200))
    assert found.evidence()[0, week[0]] > 3 * before


def test_chance_is_a_distribution_and_repeatable() -> None:
    sites = strewn(200, 900)
    one, two = (gaps.measure(dated(sites)).chance for _ in range(2))
    assert np.allclose(one.sum(), 1)
    assert (one == two).all()
