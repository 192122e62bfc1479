"""Services: chains and mirrors under one name, and analysts who join and part them."""

from typing import Any

import pyarrow as pa
import pytest

from marque.networks import services
from marque.networks.following import Facts
from marque.networks.judgements import NOT_SAME, SAME
from marque.networks.model import LINKS, NETWORKS
from marque.networks.moves import DAY, Step
from marque.networks.successors import Successor

ONE, TWO, THREE, MIRROR = "toonwiz41.example", "toonwiz42.example", "toonwiz43.example", "toon-wiz.example"
FACTS = {site: Facts(day * DAY, (day + 9) * DAY) for day, site in enumerate((ONE, TWO, THREE, MIRROR, "else.example"))}
CHAIN = [Successor(TWO, ONE, 5000, ()), Successor(THREE, TWO, 4000, ()), Successor(MIRROR, ONE, -10, ())]


def grouped(judged: dict[tuple[str, str], int], chain: list[Successor] = CHAIN) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    table = services.table(FACTS, LINKS.empty_table(), NETWORKS.empty_table(), chain, judged)
    for row in table.to_pylist():
        found.setdefault(row["service"], set()).add(row["site"])
    return sorted(found.values(), key=sorted)


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        pytest.param({}, [{ONE, TWO, THREE}], id="nobody said anything"),
        pytest.param({(TWO, THREE): NOT_SAME}, [{ONE, TWO}, {THREE}], id="parted"),
        pytest.param({(ONE, THREE): NOT_SAME}, [{ONE, TWO}, {THREE}], id="parted though a chain leads there"),
        pytest.param({(MIRROR, ONE): SAME}, [{ONE, TWO, THREE, MIRROR}], id="joined"),
        pytest.param({("else.example", MIRROR): SAME}, [{ONE, TWO, THREE}, {"else.example", MIRROR}], id="two alone"),
        pytest.param({("absent.example", ONE): SAME}, [{ONE, TWO, THREE}], id="about a site that is not there"),
        pytest.param(
            {(ONE, MIRROR): SAME, (MIRROR, TWO): NOT_SAME},
            [{MIRROR, ONE}, {THREE, TWO}],
            id="one joins and the other parts",
        ),
    ],
)
def test_judgements_hold(judged: dict[tuple[str, str], int], expected: list[set[str]]) -> None:
    assert grouped({(min(pair), max(pair)): verdict for pair, verdict in judged.items()}) == sorted(
        expected, key=sorted
    )


def test_taken_back_a_judgement_leaves_no_trace() -> None:
    before = services.table(FACTS, LINKS.empty_table(), NETWORKS.empty_table(), CHAIN)
    assert before.equals(services.table(FACTS, LINKS.empty_table(), NETWORKS.empty_table(), CHAIN, {}))


def test_an_impostor_follows_only_where_an_analyst_says_so() -> None:
    copied = (Step("name", "", 8000, ""), Step("impostor", "", -9000, ""))
    assert grouped({}, [Successor(TWO, ONE, 100, copied)]) == []
    held = (*copied, Step("judgement", "p1", 100_000, "networks.judgement"))
    assert grouped({}, [Successor(TWO, ONE, 6629, held)]) == [{ONE, TWO}]


def test_the_name_of_a_service_is_that_of_its_oldest_address() -> None:
    def name(chain: list[Successor]) -> Any:
        table: pa.Table = services.table(FACTS, LINKS.empty_table(), NETWORKS.empty_table(), chain)
        return table["service"][0].as_py()

    assert name(CHAIN[:1]) == name(CHAIN)


def test_a_service_keeps_its_name_when_an_older_address_comes_to_light() -> None:
    def table(chain: list[Successor], previous: pa.Table | None) -> pa.Table:
        return services.table(FACTS, LINKS.empty_table(), NETWORKS.empty_table(), chain, previous=previous)

    first = table(CHAIN[1:2], None)
    second = table(CHAIN, first)
    assert set(second["site"].to_pylist()) == {ONE, TWO, THREE}
    assert set(second["service"].to_pylist()) == set(first["service"].to_pylist())
    assert set(table(CHAIN, None)["service"].to_pylist()) != set(first["service"].to_pylist())
