"""An end is known on evidence only; nobody is said to have ended for not being looked at again."""

import pytest

from marque.networks import ends
from marque.networks.moves import DAY
from tests.networks.test_following import NEW, OLD, OWN, at, linked, record, roles, row

WEEKLY = [0, 7, 14]


def moments(days: list[int]) -> list[int]:
    return [day * DAY + 5 for day in days]


@pytest.mark.parametrize(
    ("visits", "others", "ended"),
    [
        pytest.param(WEEKLY, [60, 60, 61], True, id="read weekly, then missing while others go on"),
        pytest.param([0], [60, 60, 61], False, id="seen once"),
        pytest.param([0, 7], [60, 60, 61], False, id="seen twice"),
        pytest.param(WEEKLY, [30, 30, 30], False, id="missing for a little longer than usual"),
        pytest.param(WEEKLY, [60], False, id="one other site was looked up again"),
        pytest.param([0, 1, 2], [9, 9, 9], False, id="read daily, missing for a week"),
        pytest.param([], [60, 60, 60], False, id="never read"),
    ],
)
def test_captures_that_stop(visits: list[int], others: list[int], ended: bool) -> None:
    assert ends.stopped(moments(visits), moments(others)) is ended


def test_only_sites_read_on_several_days_show_that_a_collection_goes_on() -> None:
    assert ends.latest([moments([0, 40]), moments([90]), [], moments([3, 50])]) == moments([40, 50])


def test_the_next_number_of_a_site_that_may_still_stand_is_less_sure_and_ends_nothing() -> None:
    once = linked(at(OLD, *OWN, days=(0, 0)), at(NEW, *OWN, days=(7, 20)))
    gone = linked(at(OLD, *OWN, days=(0, 0)), at(NEW, *OWN, days=(7, 20)), records=[record(OLD, "error", 8)])
    unknown, known = row(once, NEW), row(gone, NEW)
    assert unknown is not None
    assert known is not None
    assert unknown["probability"] < known["probability"]
    assert "networks.end-unknown" in {step["why"] for step in unknown["reasons"]}
    assert roles(once) == {OLD: "mirror", NEW: "current"}
    assert roles(gone) == {OLD: "former", NEW: "current"}


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([], id="end unknown"),
        pytest.param([record(OLD, "error", 9)], id="ended, and nothing points on"),
        pytest.param([record(OLD, "blocked", 9)], id="refused to visitors of a kind"),
    ],
)
def test_one_hand_and_another_name_make_no_successor(records: list[dict[str, object]]) -> None:
    own = (("iban", "DE00INVENTED"), ("email", "boss@mail.example"))
    other = "harborstrip.example"
    assert row(linked(at(OLD, *own, days=(0, 7)), at(other, *own, days=(10, 20)), records=records), other) is None
