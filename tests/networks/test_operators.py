"""Accounts of a network: whose sites name them, what speaks against them, and never a bystander or an advertiser."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from marque.clock import to_microseconds
from marque.networks import operators
from marque.networks.model import NETWORKS
from marque.signals.model import SIGHTINGS

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
Row = tuple[str, str, str]


def sightings(rows: Iterable[Row], role: str = "site") -> pa.Table:
    """One sighting a row, a day after the other."""
    return pa.Table.from_pylist(
        [
            {"site": site, "kind": kind, "value": value, "family": "identity", "role": role, "record": f"{site}:0",
             "time": BEGIN + timedelta(days=day)}
            for day, (site, kind, value) in enumerate(rows)
        ],
        schema=SIGHTINGS,
    )  # fmt: skip


def networks(**members: str) -> pa.Table:
    """`n=abC`: sites a and b of the core, C of the halo."""
    rows = [
        {"network": network, "site": site, "role": "halo" if site.isupper() else "core"}
        for network, sites in members.items()
        for site in sites
    ]
    return pa.Table.from_pylist(rows, schema=NETWORKS)


def one(found: list[operators.Account], value: str, network: str = "n") -> operators.Account:
    return next(row for row in found if (row.network, row.value) == (network, value))


def test_an_account_says_on_which_sites_since_when_and_where_the_bytes_are() -> None:
    rows = [("a", "email", "m@x"), ("b", "email", "m@x"), ("C", "email", "m@x"), ("b", "iban", "DE1")]
    found = operators.gather(sightings(rows), networks(n="abC"))
    mail = one(found, "m@x")
    assert (mail.sites, mail.core, mail.of, mail.core_of, mail.outside, mail.account) == (3, 2, 3, 2, 0, "contact")
    assert (mail.since, mail.until) == (to_microseconds(BEGIN), to_microseconds(BEGIN + timedelta(days=2)))
    assert mail.records == ("C:0", "a:0", "b:0")
    assert [row.value for row in found] == ["m@x", "DE1"]


@pytest.mark.parametrize("role", ["bystander", "advertiser"])
def test_what_is_not_the_sites_own_is_left_out(role: str) -> None:
    assert operators.gather(sightings([("a", "email", "reader@x"), ("b", "iban", "DE1")], role), networks(n="ab")) == []


def test_what_is_no_account_is_left_out() -> None:
    assert (
        operators.gather(sightings([("a", "page-theme", "t"), ("b", "ip-address", "1.2.3.4")]), networks(n="ab")) == []
    )


@pytest.mark.parametrize(
    ("rows", "value", "doubts"),
    [
        pytest.param([("a", "iban", "D"), ("b", "iban", "D")], "D", [], id="its own"),
        pytest.param([("a", "iban", "D"), ("b", "iban", "D"), ("z", "iban", "D")], "D", ["outside"], id="one outside"),
        pytest.param(
            [("a", "email", "m"), *((site, "email", "m") for site in "wxyz")], "m", ["elsewhere", "single"],
            id="mostly elsewhere",
        ),
        pytest.param([("a", "iban", "D"), ("b", "iban", "E")], "D", ["rivals", "single"], id="another one beside"),
        pytest.param(
            [("a", "donation-handle", "k:x"), ("b", "donation-handle", "p:y")], "k:x", ["single"],
            id="another vendor is no rival",
        ),
        pytest.param([("a", "email", "m"), ("b", "email", "o")], "m", ["single"], id="one hand has several"),
        pytest.param([("C", "iban", "D")], "D", ["halo", "single"], id="in the halo only"),
        pytest.param([("a", "google-analytics", "U"), ("b", "google-analytics", "U")], "U", ["copied"], id="a tool"),
    ],
)  # fmt: skip
def test_what_speaks_against(rows: list[Row], value: str, doubts: list[str]) -> None:
    found = operators.gather(sightings(rows), networks(n="abC"))
    assert list(one(found, value).doubts) == [f"networks.operator-{doubt}" for doubt in doubts]


def test_accounts_of_another_network_are_named() -> None:
    rows = [("a", "iban", "D"), ("b", "iban", "D"), ("x", "iban", "D")]
    found = operators.gather(sightings(rows), networks(n="ab", m="xy"))
    assert (one(found, "D").outside, one(found, "D").abroad) == (1, ("m",))
    assert (one(found, "D", "m").outside, one(found, "D", "m").abroad) == (2, ("n",))


def test_aliases_stand_on_the_same_sites() -> None:
    rows = [("a", "iban", "D"), ("a", "email", "m"), ("b", "email", "m"), ("c", "email", "o"), ("d", "email", "o")]
    groups = {row.value: row.group for row in operators.gather(sightings(rows), networks(n="abcd"))}
    assert groups["D"] == groups["m"] != groups["o"]


def test_an_address_of_everybody_joins_nothing() -> None:
    rows = [("a", "iban", "D"), ("b", "iban", "E"), *((site, "email", "host@x") for site in "abvwxyz")]
    groups = {row.value: row.group for row in operators.gather(sightings(rows), networks(n="ab"))}
    assert len(set(groups.values())) == 3


def test_only_so_many_are_kept_those_on_most_sites_first() -> None:
    rows = [("a", "email", f"{number:03}@x") for number in range(20)] + [("a", "iban", "D"), ("b", "iban", "D")]
    found = operators.gather(sightings(rows), networks(n="ab"), most=3)
    assert [row.value for row in found] == ["D", "000@x", "001@x"]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [(site, "email", f"{number}@x") for number in range(9) for site in "abcxyz"[number % 3 : number % 5 + 2]]
    dated, other = sightings(rows), networks(n="abc", m="xy")
    order = list(range(len(rows)))
    random.Random(7).shuffle(order)
    assert operators.gather(dated.take(order), other) == operators.gather(dated, other)


def test_nothing_gives_nothing() -> None:
    assert operators.gather(sightings([]), networks()) == []
