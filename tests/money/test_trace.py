"""Money: which account a site shows, who would pay into it, and what is left out."""

import pyarrow as pa
import pytest

from marque.money.model import DIRECTIONS, FLOWS
from marque.money.trace import rules, trace
from marque.networks.model import NETWORKS
from marque.signals.model import SIGHTINGS

SITE, CASINO = "moon.example", "casino.example"
Fields = dict[str, object]


def sighting(kind: str, value: str, *, role: str = "site", record: str = "ab:1", site: str | None = SITE) -> Fields:
    return {"site": site, "kind": kind, "value": value, "role": role, "record": record}


def traced(*rows: Fields) -> list[Fields]:
    networks = pa.Table.from_pylist([{"network": "n-1", "site": SITE, "role": "core"}], schema=NETWORKS)
    table = trace(pa.Table.from_pylist(list(rows), schema=SIGHTINGS), networks)
    assert table.schema.equals(FLOWS)
    found: list[Fields] = table.to_pylist()
    return found


FLOW = [
    pytest.param("adsense-publisher", "pub-1", "site", ("google.com", "pub-1", "advertising"), id="ad account"),
    pytest.param("ads-txt-direct", "ads.test,7", "site", ("ads.test", "ads.test,7", "advertising"), id="direct"),
    pytest.param("ads-txt-reseller", "ads.test,8", "site", ("ads.test", "ads.test,8", "resale"), id="reseller"),
    pytest.param("ad-zone", "popads:55", "site", ("popads", "popads:55", "advertising"), id="zone"),
    pytest.param("banner-advertiser", CASINO, "advertiser", (CASINO, None, "banner"), id="banner"),
    pytest.param("referral-code", f"{CASINO}:x7", "advertiser", (CASINO, f"{CASINO}:x7", "banner"), id="code"),
    pytest.param("donation-handle", "patreon:moon", "site", ("readers", "patreon:moon", "donation"), id="donations"),
    pytest.param("crypto-address", "btc:bc1qx", "site", ("readers", "btc:bc1qx", "donation"), id="wallet"),
]


@pytest.mark.parametrize(("kind", "value", "role", "expected"), FLOW)
def test_each_money_signal_is_one_flow(kind: str, value: str, role: str, expected: tuple[object, ...]) -> None:
    (row,) = traced(sighting(kind, value, role=role))
    assert (row["payer"], row["intermediary"], row["direction"]) == expected
    assert (row["payee"], row["network"], row["basis"]) == (SITE, "n-1", "inferred")
    assert row["records"] == ["ab:1"]
    assert row["low"] is row["mid"] is row["high"] is row["currency"] is None


def test_bystanders_and_what_is_behind_a_banner_are_left_out() -> None:
    assert not traced(
        sighting("crypto-address", "btc:fan", role="bystander"),
        sighting("crypto-address", "btc:casino", role="advertiser"),
        sighting("email", "x@mail.example"),
        sighting("iban", "DE00INVENTED", site=None),
    )


def test_records_are_listed_once_and_in_order() -> None:
    records = ("ab:9", "ab:1", "ab:9")
    (row,) = traced(*(sighting("iban", "DE00INVENTED", record=record) for record in records))
    assert row["records"] == ["ab:1", "ab:9"]


def test_a_site_outside_every_network_has_none() -> None:
    iban = sighting("iban", "DE00INVENTED", site="alone.example")
    (row,) = traced(iban, sighting("service-kind", "strip-reader", site="alone.example"))
    assert row["network"] is None


def test_money_of_a_site_that_gives_no_ground_is_nobodys_business() -> None:
    assert traced(sighting("adsense-publisher", "pub-1", site="paper.example")) == []


def test_directions_are_the_documented_ones() -> None:
    assert {rule.direction for rule in rules().values()} == set(DIRECTIONS)
