"""What one pair of sites says of a move, in rows of weights."""

import pytest

from marque.networks import moves, names
from marque.networks.moves import DAY, PRIOR, Seen
from marque.networks.naming import alike


def seen(site: str, first: int | None, last: int | None, **more: str) -> Seen:
    return Seen(site, *(None if day is None else day * DAY for day in (first, last)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", alike.kinds())
def test_a_name_alone_gives_the_share_it_is_known_for(kind: str) -> None:
    share = 1 / (1 + 2 ** (-(moves.weight(kind) + PRIOR) / 1000))
    assert share == pytest.approx(alike.kinds()[kind].share / 1000, abs=1e-3)


def test_strangers_are_not_alike() -> None:
    assert moves.likeness(names.parse("moonlight.example"), names.parse("harborgoods.test")) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(seen("a.example", 0, 5), seen("b.example", 5, 9), True, id="later"),
        pytest.param(seen("a.example", 5, 9), seen("b.example", 0, 5), False, id="earlier"),
        pytest.param(seen("a.example", 0, 5), seen("b.example", 0, 9), True, id="begun together, ended sooner"),
        pytest.param(seen("a.example", 0, 9), seen("b.example", 0, 9), False, id="the same days"),
        pytest.param(seen("a.example", 0, 9), seen("a.example", 0, 9), False, id="itself"),
        pytest.param(seen("a.example", None, 5), seen("b.example", 5, 9), False, id="no date, no word"),
        pytest.param(
            seen("a.example", None, None, redirect_to="b.example"), seen("b.example", 5, 9), True, id="a redirect"
        ),
        pytest.param(seen("ink7.example", None, 5), seen("ink8.example", 5, 9), True, id="a rising number"),
        pytest.param(seen("ink8.example", None, 5), seen("ink7.example", 5, 9), False, id="a falling number"),
    ],
)
def test_who_may_follow(old: Seen, new: Seen, expected: bool) -> None:
    assert moves.may_follow(old, new) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"redirect_to": "b.example"}, {}, [("redirect", moves.REDIRECT)], id="redirects there"),
        pytest.param({"redirect_to": "c.example"}, {}, [("redirect", moves.ELSEWHERE)], id="redirects elsewhere"),
        pytest.param({"title": "Ink  Harbor"}, {"title": "ink harbor"}, [("title", moves.TITLE)], id="one title"),
        pytest.param({"title": "Ink"}, {"title": "Moon"}, [], id="two titles"),
        pytest.param({}, {}, [], id="nothing"),
    ],
)
def test_what_is_told_beside_names_and_dates(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[str, int]]
) -> None:
    steps = moves.told(seen("a.example", 0, 5, **old), seen("b.example", 5, 9, **new))
    assert [(step.kind, step.weight) for step in steps] == expected


@pytest.mark.parametrize(
    ("last", "first", "why"),
    [
        pytest.param(30, 31, "networks.time-adjacent", id="near"),
        pytest.param(300, 31, "networks.time-overlap", id="side by side"),
        pytest.param(30, 310, "networks.time-gap", id="long after"),
    ],
)
def test_dates_of_unlike_names(last: int, first: int, why: str) -> None:
    step = moves.time(seen("a.example", 0, last), seen("b.example", first, 400))
    assert step is not None
    assert step.why == why
    assert moves.time(seen("a.example", 0, None), seen("b.example", first, 400)) is None
