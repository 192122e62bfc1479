"""Assessments: which criteria are met, and who is never accused."""

from typing import Any

import pyarrow as pa
import pytest

from marque.assessment.model import ASSESSMENTS, LEVELS
from marque.assessment.propose import criteria, propose
from marque.evidence.model import RECORDS
from marque.networks.model import NETWORKS
from marque.signals.model import SIGHTINGS
from marque.words import known
from marque.works.model import MATCHES

SITE = "moon41.example"
Fields = dict[str, Any]


def record(verdict: str = "content", site: str | None = SITE) -> Fields:
    return {"record": "ab:0", "page": "ab:0", "site": site, "verdict": verdict}


def sighting(kind: str, value: str, role: str = "site") -> Fields:
    return {"site": SITE, "kind": kind, "value": value, "role": role, "record": f"ab:{kind}"}


def match(panels: int | None = 20, *, licensed: bool = False, answer: str = "match", site: str = SITE) -> Fields:
    return {
        "site": site, "work": "w", "unit": "1", "page": "ab:0", "answer": answer, "licensed": licensed,
        "panels": panels, "panels_of": 20 if panels is not None else None, "pieces": [],
    }  # fmt: skip


def assessed(
    sightings: list[Fields],
    matches: list[Fields],
    records: list[Fields] | None = None,
    networks: list[Fields] | None = None,
) -> Fields:
    table = propose(
        pa.Table.from_pylist(records or [record()], schema=RECORDS),
        pa.Table.from_pylist(sightings, schema=SIGHTINGS),
        pa.Table.from_pylist(matches, schema=MATCHES),
        pa.Table.from_pylist(networks or [], schema=NETWORKS),
    )
    assert table.schema.equals(ASSESSMENTS)
    (row,) = table.to_pylist()
    found: Fields = row
    return found


READER = sighting("service-kind", "strip-reader")
ZONE, CHANNEL = sighting("ad-zone", "popads:1"), sighting("announcement-channel", "telegram:moon")
WALLET = sighting("crypto-address", "btc:bc1qx")

CASES = [
    pytest.param([READER, ZONE, CHANNEL], [match()], "all", id="every criterion"),
    pytest.param([READER, ZONE], [match()], "most", id="no next address"),
    pytest.param([], [match()], "some", id="only the works"),
    pytest.param([READER], [match(20, licensed=True)], "licensed", id="licensed reader"),
    pytest.param(
        [READER, ZONE, CHANNEL], [match(20, licensed=True)], "licensed", id="licensed reader with advertising"
    ),
    pytest.param([ZONE, WALLET], [match(2)], "none", id="review blog with excerpts"),
    pytest.param([WALLET], [match(None)], "none", id="excerpt of unknown length"),
    pytest.param([READER], [match(answer="unsure")], "none", id="unsure is no match"),
    pytest.param(
        [ZONE, sighting("email", "a@mail.example")], [match(site="x.example")], "none", id="news with advertising"
    ),
    pytest.param(
        [READER, ZONE, CHANNEL], [match(site="x.example")], "some", id="a service with works nobody catalogued"
    ),
    pytest.param([], [], "none", id="fan page"),
]


@pytest.mark.parametrize(("sightings", "matches", "level"), CASES)
def test_levels(sightings: list[Fields], matches: list[Fields], level: str) -> None:
    assert assessed(sightings, matches)["level"] == level
    assert level in LEVELS


@pytest.mark.parametrize(
    "verdict", ["challenge", "parked", "seizure-banner", "error", "blocked", "login-wall", "redirect"]
)
def test_a_site_whose_pages_could_not_be_read_was_not_looked_at(verdict: str) -> None:
    row = assessed([], [match(site="x.example")], [record(verdict)])
    assert row["level"] == "not-looked"
    assert {item["met"] for item in row["criteria"]} == {None}


def test_records_stand_beside_each_criterion() -> None:
    row = assessed([READER, ZONE, CHANNEL], [match()])
    records = {item["criterion"]: item["records"] for item in row["criteria"]}
    assert list(records) == list(criteria())
    assert records["serves-works"] == ["ab:0"]
    assert records["takes-money"] == ["ab:ad-zone"]
    assert row["service_kind"] == "strip-reader"


def test_without_a_catalogue_nobody_looked_for_works() -> None:
    answers = {item["criterion"]: item["met"] for item in assessed([READER], [])["criteria"]}
    assert answers["serves-works"] is None
    assert answers["no-licence"] is None


def test_a_numbered_series_evades() -> None:
    network = [{"network": "n-1", "site": site, "role": "core"} for site in (SITE, "moon42.example")]
    answers = {item["criterion"]: item["met"] for item in assessed([], [], networks=network)["criteria"]}
    assert answers["evades"]


def test_bystanders_and_advertisers_wallets_are_not_the_sites_income() -> None:
    rows = [sighting("crypto-address", "btc:x", role) for role in ("bystander", "advertiser")]
    answers = {item["criterion"]: item["met"] for item in assessed(rows, [])["criteria"]}
    assert not answers["takes-money"]


def test_a_record_without_site_makes_no_row() -> None:
    table = propose(
        pa.Table.from_pylist([record(site=None)], schema=RECORDS),
        SIGHTINGS.empty_table(), MATCHES.empty_table(), NETWORKS.empty_table(),
    )  # fmt: skip
    assert table.num_rows == 0


def test_every_criterion_has_a_sentence() -> None:
    assert all(known(f"assessment.criterion.{name}") for name in criteria())
