"""Analysts' judgements on who followed whom hold, and leave no trace when they are taken back."""

import pytest

from marque.networks import held
from marque.networks.judgements import NOT_SAME, SAME, Voice
from marque.networks.moves import DAY, Seen
from marque.networks.successors import likely, propose

OLD, NEW, OTHER = "toonwiz41.example", "toonwiz42.example", "harborgoods.example"
ROWS = [
    Seen(OLD, 10 * DAY, 40 * DAY),
    Seen(NEW, 40 * DAY, 90 * DAY),
    Seen(OTHER, 20 * DAY, 30 * DAY),
    Seen("lonely.example", 0, 100 * DAY),
]


def predecessor(judged: dict[tuple[str, str], Voice]) -> str | None:
    (one,) = (one for one in propose(ROWS, judged=judged) if one.site == NEW)
    assert sum(step.weight for step in one.steps) == one.score
    return one.predecessor if likely(one) else None


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        pytest.param({}, OLD, id="nobody said anything"),
        pytest.param({(OLD, NEW): (NOT_SAME, "p1")}, None, id="not followed"),
        pytest.param({(OTHER, NEW): (SAME, "p1")}, OTHER, id="followed, for all their names"),
        pytest.param({(OLD, NEW): (NOT_SAME, "p1"), (OTHER, NEW): (SAME, "p2")}, OTHER, id="not the one but the other"),
        pytest.param({(NEW, "absent.example"): (SAME, "p1")}, OLD, id="about a site that is not there"),
    ],
)
def test_a_judgement_holds(judged: dict[tuple[str, str], Voice], expected: str | None) -> None:
    assert predecessor({tuple(sorted(pair)): voice for pair, voice in judged.items()}) == expected  # type: ignore[misc]


def test_a_judgement_is_a_row_with_its_voice() -> None:
    (one,) = (one for one in propose(ROWS, judged={(OTHER, NEW): (SAME, "p1,p2")}) if one.site == NEW)
    assert [(step.value, step.why) for step in one.steps if step.kind == held.JUDGED] == [
        ("p1,p2", "networks.judgement")
    ]
    assert one.probability == pytest.approx(0.99, abs=1e-4)


def test_which_came_first_is_told_by_dates_and_unknown_is_last() -> None:
    seen = [Seen("a", None, None), Seen("b", 5, 9), Seen("c", 5, 7)]
    judged = {("a", "b"): (SAME, ""), ("b", "c"): (SAME, ""), ("a", "c"): (NOT_SAME, "")}
    assert set(held.ordered(seen, judged)) == {(1, 0), (2, 1), (2, 0), (0, 2)}
