"""What the dates of a collection can show of its sites, and which of two was there first."""

import numpy as np
import pytest

from marque.networks.moves import DAY, Seen
from marque.networks.succession.dated import UNKNOWN, dated


def seen(site: str, first: int | None, last: int | None) -> Seen:
    first, last = (None if day is None else day * DAY for day in (first, last))
    return Seen(site, first, last)


SPAN = [seen("first.example", 0, 50), seen("last.example", 10, 100)]


def test_the_ends_of_the_collection_begin_and_end_nothing() -> None:
    found = dated([*SPAN, seen("between.example", 20, 60), seen("unknown.example", None, None)])
    assert found.begins.tolist() == [False, True, True, False]
    assert found.ends.tolist() == [True, False, True, False]


def test_a_whole_list_taken_in_on_one_day_began_nothing() -> None:
    lone = [seen(f"lone{day}.example", day, day + 40) for day in range(40)]
    taken = [seen(f"listed{number}.example", 33, 60) for number in range(20)]
    found = dated([*lone, *taken])
    assert not found.begins[-20:].any()
    assert found.begins[1:33].all()


def test_days_that_all_share_are_no_list() -> None:
    sites = [seen(f"site{number}.example", 365 * (number % 3), 365 * (number % 3 + 1)) for number in range(90)]
    assert dated(sites).begins.sum() == 60


@pytest.mark.parametrize(
    ("old", "new", "rising", "expected"),
    [
        pytest.param((10, 20), (20, 30), False, True, id="one after the other"),
        pytest.param((20, 30), (10, 20), False, False, id="the wrong way round"),
        pytest.param((10, 20), (10, 30), False, True, id="the same beginning, ended sooner"),
        pytest.param((10, 20), (10, 20), False, False, id="the same days"),
        pytest.param((10, 20), (10, 20), True, True, id="the same days and a higher number"),
        pytest.param((None, 20), (15, 30), False, True, id="beginning unknown"),
        pytest.param((10, 20), (None, 30), False, False, id="the later one's beginning unknown"),
        pytest.param((None, None), (15, 30), False, False, id="nothing known"),
        pytest.param((None, None), (None, None), True, True, id="nothing known but a higher number"),
        pytest.param((40, 20), (20, 30), False, True, id="went and came back"),
    ],
)
def test_which_was_there_first(
    old: tuple[int | None, int | None], new: tuple[int | None, int | None], rising: bool, expected: bool
) -> None:
    found = dated([*SPAN, seen("old.example", *old), seen("new.example", *new)])
    assert found.before(np.array([2]), np.array([3]), np.array([rising])).tolist() == [expected]


def test_gaps_are_known_where_an_end_and_a_beginning_are() -> None:
    found = dated([*SPAN, seen("old.example", 10, 20), seen("new.example", 25, 30)])
    assert found.gaps(np.array([2, 1, 3]), np.array([3, 3, 0])).tolist() == [5, UNKNOWN, UNKNOWN]
