"""Successors, impostors and services from what was captured."""

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from marque.evidence.model import RECORDS
from marque.networks.link import Linked, link
from tests.networks.worlds import BEGIN, Row, crowd, sightings

OLD, NEW = "moontoon41.example", "moontoon42.example"
OWN = (("iban", "DE00INVENTED"), ("announcement-channel", "telegram:moon"))


def at(site: str, *signals: tuple[str, str], days: tuple[int, int]) -> pa.Table:
    rows: list[Row] = [(site, kind, value) for kind, value in signals]
    return sightings(rows, days=days)


def record(site: str, verdict: str, day: int) -> dict[str, Any]:
    name = f"{site}:{verdict}:{day}"
    return {"record": name, "page": name, "site": site, "verdict": verdict, "time": BEGIN + timedelta(days=day)}


def linked(*parts: pa.Table, records: list[dict[str, Any]] | None = None) -> Linked:
    table = pa.Table.from_pylist(records or [], schema=RECORDS)
    return link(pa.concat_tables([sightings(crowd()), *parts]), records=table)


def row(found: Linked, site: str) -> dict[str, Any] | None:
    rows: list[dict[str, Any]] = [one for one in found.successors.to_pylist() if one["site"] == site]
    return rows[0] if rows else None


def roles(found: Linked) -> dict[str, str]:
    return {one["site"]: one["role"] for one in found.services.to_pylist()}


def test_the_next_number_after_a_redirect_follows() -> None:
    old = at(OLD, *OWN, ("redirect-target", NEW), days=(0, 7))
    found = linked(old, at(NEW, *OWN, days=(7, 20)), records=[record(OLD, "redirect", 8)])
    one = row(found, NEW)
    assert one is not None
    assert one["predecessor"] == OLD
    assert one["probability"] > 0.9
    assert sum(reason["weight"] for reason in one["reasons"]) == 6629
    assert roles(found) == {OLD: "former", NEW: "current"}
    assert len(set(found.services["service"].to_pylist())) == 1


def test_a_new_name_after_a_seizure_follows_through_its_accounts() -> None:
    other = "harborstrip.example"
    found = linked(
        at(OLD, *OWN, days=(0, 7)), at(other, *OWN, days=(10, 20)), records=[record(OLD, "seizure-banner", 9)]
    )
    one = row(found, other)
    assert one is not None
    assert one["predecessor"] == OLD
    assert not one["impostor"]


def test_a_copied_name_with_ids_of_its_own_is_an_impostor() -> None:
    copied = at("moontoon.example", ("iban", "DE01OTHER"), ("announcement-channel", "telegram:else"), days=(8, 20))
    found = linked(at(OLD, *OWN, days=(0, 7)), copied, records=[record(OLD, "parked", 9)])
    one = row(found, "moontoon.example")
    assert one is not None
    assert one["impostor"]
    assert one["probability"] < 0.5
    assert roles(found) == {}


@pytest.mark.parametrize(
    "signals",
    [
        pytest.param([*OWN, ("language-declared", "es")], id="another language"),
        pytest.param([*OWN, ("service-kind", "link-site")], id="another kind of service"),
    ],
)
def test_a_sister_is_no_successor(signals: list[tuple[str, str]]) -> None:
    old = at(OLD, *OWN, ("language-declared", "ko"), ("service-kind", "strip-reader"), days=(0, 7))
    assert row(linked(old, at("moon-sister.example", *signals, days=(8, 20))), "moon-sister.example") is None


def test_two_that_stand_side_by_side_are_mirrors() -> None:
    found = linked(at("moontoon.example", *OWN, days=(0, 40)), at("moon-toon.example", *OWN, days=(5, 40)))
    assert found.successors.num_rows == 0
    assert sorted(roles(found).values()) == ["current", "mirror"]


def test_a_redirect_elsewhere_speaks_against() -> None:
    old = at(OLD, *OWN, ("redirect-target", "moontoon50.example"), days=(0, 7))
    assert row(linked(old, at("moonstrip.example", *OWN, days=(7, 20))), "moonstrip.example") is None
