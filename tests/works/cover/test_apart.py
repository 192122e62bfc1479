"""Rows of covers give no ground, meet no criterion and follow nobody, even if one were to say `match`."""

from typing import Any

import pyarrow as pa
import pytest

from marque.assessment.propose import propose
from marque.evidence.model import RECORDS
from marque.money.trace import trace
from marque.networks.following import gather
from marque.networks.ground import ground
from marque.networks.model import NETWORKS
from marque.signals.model import SIGHTINGS
from marque.works.cover import apart
from marque.works.entries import COVER, STRIP
from marque.works.match import table

PAGE = "cap:1"


def matches(medium: str, answer: str) -> pa.Table:
    row: dict[str, Any] = {
        "site": "list.example", "work": "moon", "unit": "12", "language": "en", "page": PAGE, "score": 0.999,
        "answer": answer, "licensed": False, "mirrored": False, "panels": 9, "panels_of": 9, "medium": medium,
        "titled": "Moon River", "pieces": [],
    }  # fmt: skip
    return table([row])


SIGHTED = pa.Table.from_pylist(
    [
        {
            "site": "list.example", "host": "list.example", "page": PAGE, "kind": "crypto-address", "family": "payment",
            "value": "bitcoin:1x", "role": "site", "record": PAGE, "part": "payload", "start": 0, "end": 1,
        }
    ],
    schema=SIGHTINGS,
)  # fmt: skip
READ = pa.Table.from_pylist(
    [{"record": PAGE, "page": PAGE, "site": "list.example", "verdict": "content"}], schema=RECORDS
)
CLAIMS = pa.table({name: pa.array([], pa.string()) for name in ("site", "kind", "value")} | {
    name: pa.array([], pa.int64()) for name in ("first", "last")
})  # fmt: skip


def told(found: pa.Table) -> dict[str, Any]:
    """All that consumers make of a table of matches."""
    return {
        "ground": ground(SIGHTED, found).given,
        "flows": trace(SIGHTED, NETWORKS.empty_table(), found).num_rows,
        "assessed": propose(READ, SIGHTED, found, NETWORKS.empty_table()).to_pylist(),
        "works": {name: facts.works for name, facts in gather(CLAIMS, None, found).items()},
    }


@pytest.mark.parametrize("answer", ["match", "unsure"])
def test_a_cover_counts_for_nothing(answer: str) -> None:
    assert told(matches(COVER, answer)) == told(matches(COVER, answer).slice(0, 0))


def test_a_unit_counts() -> None:
    found, none = told(matches(STRIP, "match")), told(matches(STRIP, "match").slice(0, 0))
    assert all(found[name] != none[name] for name in found)


def test_both_kinds_of_rows_are_told_apart() -> None:
    both = pa.concat_tables([matches(COVER, "unsure"), matches(STRIP, "match")])
    assert apart.units(both)["medium"].to_pylist() == [STRIP]
    assert apart.covers(both)["medium"].to_pylist() == [COVER]


def test_a_table_without_media_speaks_of_units() -> None:
    old = matches(STRIP, "match").drop_columns(["medium"])
    assert apart.units(old).num_rows == 1
