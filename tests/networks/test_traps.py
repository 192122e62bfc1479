"""What looks like shared ownership and is not; and networks that must not grow together."""

from typing import Any

import pytest

from marque.networks.link import Linked, link
from tests.networks.worlds import Row, crowd, sightings

HAND = (("email", "studio@agency.example"), ("google-tag-manager", "GTM-AGENCY"), ("ip-address", "192.0.2.80"))


def world(*rows: Row) -> Linked:
    return link(sightings([*crowd(40), *rows]))


def accepted(found: Linked) -> set[tuple[str, str]]:
    return {(row["site_a"], row["site_b"]) for row in found.links.to_pylist() if row["accepted"]}


def why(found: Linked, kind: str) -> set[str]:
    rows: list[dict[str, Any]] = found.links.to_pylist()
    return {reason["why"] for row in rows for reason in row["reasons"] if reason["kind"] == kind}


def test_an_agency_does_not_tie_its_customers() -> None:
    rows: list[Row] = []
    for turn in range(6):
        site = f"customer{turn}.example"
        rows += [(site, kind, value) for kind, value in HAND]
        rows.append((site, "donation-handle", f"ko-fi:customer{turn}"))
    found = world(*rows)
    assert accepted(found) == set()
    assert why(found, "email") == {"networks.handed-down"}


def test_an_operator_with_the_same_habits_is_tied_by_what_it_is_paid_on() -> None:
    rows: list[Row] = []
    for turn in range(6):
        site = f"sister{turn}.example"
        rows += [(site, kind, value) for kind, value in HAND]
        rows += [(site, "email", f"own{turn}@mail.example"), (site, "adsense-publisher", "pub-77")]
    assert len(accepted(world(*rows))) == 15


def test_a_copycat_keeps_the_page_and_changes_the_purse() -> None:
    copied = [
        ("google-analytics", "UA-5-1"),
        ("favicon-mmh3", "12"),
        ("image-hash", "ff"),
        ("site-verification", "google:a"),
    ]
    rows: list[Row] = [(site, kind, value) for site in ("brand.example", "copy.example") for kind, value in copied]
    rows += [("brand.example", "crypto-address", "btc:one"), ("copy.example", "crypto-address", "btc:two")]
    found = world(*rows)
    assert accepted(found) == set()
    assert why(found, "rule") >= {"networks.page-alone"}
    assert why(found, "crypto-address") == {"networks.differs"}


@pytest.mark.parametrize(
    "kind",
    [
        "ip-address",
        "tls-certificate",
        "name-server-set",
        "page-theme",
        "email",
        "adsense-publisher",
        "google-analytics",
    ],
)
def test_what_everybody_has_ties_nobody(kind: str) -> None:
    rows: list[Row] = [(f"tenant{turn}.example", kind, "everybody") for turn in range(45)]
    rows += [(f"tenant{turn}.example", "email", f"t{turn}@mail.example") for turn in range(45)]
    assert accepted(world(*rows)) == set()


def test_an_intermediary_in_ads_txt_ties_nobody() -> None:
    rows: list[Row] = [
        (f"client{turn}.example", "ads-txt-direct", f"{system}.example,5501") for turn in range(9) for system in "abc"
    ]
    assert accepted(world(*rows)) == set()


def test_an_id_that_changed_hands_does_not_tie_its_holders() -> None:
    rows: list[Row] = [("died.example", "google-analytics", "UA-8-1"), ("garden.example", "google-analytics", "UA-8-1")]
    assert accepted(world(*rows)) == set()


def test_one_value_never_joins_two_cores() -> None:
    rows: list[Row] = []
    for core in ("left", "right"):
        for turn in range(3):
            site = f"{core}{turn}.example"
            rows += [(site, "email", f"{core}@mail.example"), (site, "iban", f"DE00{core.upper()}")]
            rows.append((site, "service-kind", "strip-reader"))
    bridge = [("left0.example", "crypto-address", "btc:bridge"), ("right0.example", "crypto-address", "btc:bridge")]
    found = world(*rows, *bridge)
    assert ("left0.example", "right0.example") in accepted(found)
    network = {row["site"]: row["network"] for row in found.networks.to_pylist()}
    assert len({network[f"left{turn}.example"] for turn in range(3)}) == 1
    assert network["left0.example"] != network["right0.example"]


def test_network_ids_outlive_a_run_that_renames_the_smallest_member() -> None:
    own = (("email", "x@mail.example"), ("iban", "DE00X"))
    rows: list[Row] = [(f"m{turn}.example", kind, value) for turn in range(3) for kind, value in own]
    before = world(*rows)
    grown = [*rows, ("a0.example", "email", "x@mail.example"), ("a0.example", "iban", "DE00X")]
    after = link(sightings([*crowd(40), *grown]), previous=before.networks)
    assert set(after.networks["network"].to_pylist()) == set(before.networks["network"].to_pylist())
