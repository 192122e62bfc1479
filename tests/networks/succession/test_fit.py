"""What is learnt from an input without labels: which names, which dates, which families."""

import random
from itertools import pairwise

import numpy as np
import pytest

from marque.networks.moves import DAY, Seen
from marque.networks.succession import fit
from marque.networks.successors import likely, propose

SYLLABLES = [a + b for a in "bdfghjklmnprstvz" for b in "aeiou"]


def brand(drawn: random.Random) -> str:
    return "".join(drawn.choices(SYLLABLES, k=4))


def strangers(drawn: random.Random, count: int) -> list[Seen]:
    spans = (sorted(drawn.sample(range(2000), 2)) for _ in range(count))
    return [Seen(f"{brand(drawn)}.example", first * DAY, last * DAY) for first, last in spans]


def hopping(drawn: random.Random, lag: int) -> list[Seen]:
    """Three addresses of one brand; each begins `lag` days after the one before has ended."""
    name, day, rows = brand(drawn), drawn.randrange(900), []
    for ending in ("example", "test", "invalid"):
        stay = drawn.randrange(60, 300)
        rows.append(Seen(f"{name}.{ending}", day * DAY, (day + stay) * DAY))
        day += stay + lag
    return rows


def twins(drawn: random.Random) -> list[Seen]:
    """Two of one name whose dates have nothing to do with each other."""
    name = brand(drawn)
    spans = (sorted(drawn.sample(range(2000), 2)) for _ in range(2))
    return [Seen(f"{name}.{e}", a * DAY, b * DAY) for e, (a, b) in zip(("example", "test"), spans, strict=True)]


def proposed(rows: list[Seen]) -> dict[str, str]:
    return {one.site: str(one.predecessor) for one in propose(rows) if likely(one)}


def test_one_name_is_worth_little_where_names_alone_are_shared() -> None:
    drawn = random.Random(5)
    rows = [*strangers(drawn, 300), *(one for _ in range(60) for one in twins(drawn))]
    assert len(proposed(rows)) <= 6


def test_one_name_is_worth_much_where_it_hops() -> None:
    drawn = random.Random(6)
    rows = [*strangers(drawn, 300), *(one for _ in range(60) for one in hopping(drawn, 0))]
    found = proposed(rows)
    assert len(found) >= 115
    assert all(site.partition(".")[0] == old.partition(".")[0] for site, old in found.items())


def test_how_long_a_move_takes_is_learnt() -> None:
    drawn = random.Random(7)
    rows = [*strangers(drawn, 200), *(one for _ in range(80) for one in hopping(drawn, 9))]
    assert len(proposed(rows)) >= 140


def test_the_one_before_is_taken_and_not_an_older_one() -> None:
    drawn = random.Random(8)
    rows = [one for _ in range(40) for one in hopping(drawn, 1)]
    found = proposed([*strangers(drawn, 200), *rows])
    right = {new.site: old.site for old, new in pairwise(rows) if old.site[:8] == new.site[:8]}
    assert sum(found.get(site) == old for site, old in right.items()) >= 0.95 * len(right)


@pytest.mark.parametrize("bits", [pytest.param([3.0, 3.0], id="alike"), pytest.param([9.0, 1.0], id="one far ahead")])
def test_a_site_follows_one_other(bits: list[float]) -> None:
    against = fit.rivals(np.array([0, 1]), np.array([2, 2]), np.array(bits), 3)
    odds = np.exp2(np.array(bits) + against)
    assert (odds / (1 + odds)).sum() <= 1
    assert (against <= 0).all()


def test_one_successor_speaks_against_another() -> None:
    alone = fit.rivals(np.array([0]), np.array([1]), np.array([2.0]), 3)
    beside = fit.rivals(np.array([0, 0]), np.array([1, 2]), np.array([2.0, 8.0]), 3)
    assert alone[0] == 0
    assert beside[0] < -1
    assert beside[1] > beside[0]
