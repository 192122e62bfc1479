"""Which pairs are compared at all, and that a crowd stays bounded."""

import numpy as np

from marque.networks.moves import DAY, Seen
from marque.networks.naming import alike, words
from marque.networks.succession import candidates
from marque.networks.succession.candidates import KINDS, Pairs
from marque.networks.succession.dated import dated


def found(rows: list[Seen]) -> Pairs:
    return candidates.pairs(alike.among((one.site for one in rows), words.known()), dated(rows))


def series(count: int) -> list[Seen]:
    return [Seen(f"toonwiz{turn}.example", turn * DAY, (turn + 1) * DAY) for turn in range(count)]


def test_pairs_point_from_the_older_to_the_newer() -> None:
    rows = [*series(5), Seen("harborgoods.example", 0, 9 * DAY)]
    pairs = found(rows)
    assert sorted(zip(pairs.old.tolist(), pairs.new.tolist(), strict=True)) == [
        (old, new) for old in range(4) for new in range(old + 1, 5)
    ]


def test_each_pair_once_and_never_with_itself() -> None:
    pairs = found(series(80))
    assert (pairs.old != pairs.new).all()
    assert len(np.unique(pairs.old * 1000 + pairs.new)) == len(pairs.old)


def test_a_crowd_is_cut_to_those_that_ended_nearest() -> None:
    pairs = found(series(4000))
    assert len(pairs.old) <= 2 * candidates.NEAREST * 4000
    assert pairs.crowd.max() > 50
    following = pairs.kind == KINDS.index("next-number")
    assert len(np.unique(pairs.new[following])) > 3900


def test_a_letter_more_or_less_is_found_wherever_it_stands() -> None:
    rows = [Seen("inkharbor.example", DAY, 9 * DAY), Seen("aa.example", 0, 20 * DAY)]
    rows += [Seen(f"{name}.example", 9 * DAY, 20 * DAY) for name in ("nkharbor", "inkhabor", "inkxharbor", "inkharbur")]
    pairs = found(rows)
    assert set(pairs.new[pairs.old == 0].tolist()) == {2, 3, 4, 5}


def test_no_sites_no_pairs() -> None:
    assert len(found([]).old) == 0
