"""Attacks: what an operator, a supplier or chance can put on innocent sites. None may be linked, each is explained.

The victim's values stand open on its pages, so anybody can take them. The pirates here show a reader (`service-kind`)
and are paid on accounts of their own; the victim shows neither.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pytest

from marque.networks.link import Linked, link
from tests.networks.worlds import Row, crowd, sightings

VICTIM = "charity.example"
PIRATES = tuple(f"pirate{turn}.example" for turn in range(5))
OF_VICTIM = {
    "google-analytics": "UA-777-1",
    "donation-handle": "ko-fi:charity",
    "email": "office@charity.example",
    "adsense-publisher": "pub-7777",
    "site-verification": "google:charity",
}
OWN = (
    ("google-analytics", "UA-666-1"),
    ("donation-handle", "ko-fi:pirates"),
    ("email", "boss@pirates.example"),
    ("adsense-publisher", "pub-6666"),
    ("site-verification", "google:pirates"),
    ("crypto-address", "btc:pirates"),
)
READER = ("service-kind", "strip-reader")


def rows(sites: Iterable[str], *signals: tuple[str, str]) -> list[Row]:
    return [(site, kind, value) for site in sites for kind, value in signals]


def ranged(*parts: tuple[Sequence[Row], tuple[int, int]]) -> pa.Table:
    return pa.concat_tables([sightings(part, days=days) for part, days in parts])


def between(found: Linked, a: str, others: Iterable[str]) -> list[dict[str, object]]:
    pairs = {tuple(sorted((a, other))) for other in others}
    return [row for row in found.links.to_pylist() if (row["site_a"], row["site_b"]) in pairs]


def alternatives(links: Iterable[dict[str, object]]) -> set[str]:
    reasons = [reason for row in links for reason in row["reasons"]]  # type: ignore[attr-defined]
    return {reason["why"] for reason in reasons if reason["kind"] == "alternative"}


def linked(found: Linked, a: str, others: Iterable[str]) -> bool:
    return any(row["probability"] >= 0.5 or row["accepted"] for row in between(found, a, others))  # type: ignore[operator]


def together(found: Linked, a: str, b: str) -> bool:
    home = dict(zip(found.networks["site"].to_pylist(), found.networks["network"].to_pylist(), strict=True))
    return a in home and home[a] == home.get(b)


PLANTS = [
    pytest.param(("google-analytics",), id="analytics"),
    pytest.param(("donation-handle",), id="donations"),
    pytest.param(("email",), id="contact"),
    pytest.param(("google-analytics", "donation-handle"), id="analytics and donations"),
    pytest.param(("donation-handle", "email"), id="donations and contact"),
    pytest.param(tuple(OF_VICTIM), id="everything it shows"),
]


@pytest.mark.slow
@pytest.mark.parametrize("instead", [False, True], ids=["beside their own", "instead of their own"])
@pytest.mark.parametrize("kinds", PLANTS[:-1])
def test_some_planted_values_frame_nobody(kinds: tuple[str, ...], instead: bool) -> None:
    frame(kinds, instead=instead)


@pytest.mark.parametrize("instead", [False, True], ids=["beside their own", "instead of their own"])
def test_everything_planted_frames_nobody(instead: bool) -> None:
    frame(tuple(OF_VICTIM), instead=instead)


def frame(kinds: tuple[str, ...], *, instead: bool) -> None:
    planted = [(kind, OF_VICTIM[kind]) for kind in kinds]
    own = [signal for signal in OWN if not instead or signal[0] not in kinds]
    world = [*crowd(100), *rows([VICTIM], *OF_VICTIM.items()), *rows(PIRATES, READER, *own, *planted)]
    found = link(sightings(world))
    assert not linked(found, VICTIM, PIRATES)
    assert not any(together(found, VICTIM, pirate) for pirate in PIRATES)
    assert alternatives(between(found, VICTIM, PIRATES)) >= {"networks.alternative-planted"}
    assert linked(found, PIRATES[0], PIRATES[1:])


@pytest.mark.slow
@pytest.mark.parametrize("kinds", PLANTS[3:])
def test_planted_beside_own_where_nothing_gives_ground(kinds: tuple[str, ...]) -> None:
    planted = [(kind, OF_VICTIM[kind]) for kind in kinds]
    found = link(sightings([*crowd(300), *rows([VICTIM], *OF_VICTIM.items()), *rows(PIRATES, *OWN, *planted)]))
    assert not linked(found, VICTIM, PIRATES)


def test_one_pirate_frames_nobody_either() -> None:
    world = [*crowd(), *rows([VICTIM], *OF_VICTIM.items()), *rows(PIRATES[:1], READER, *OF_VICTIM.items())]
    assert not linked(link(sightings(world)), VICTIM, PIRATES)


def test_a_certificate_in_common_cannot_be_planted() -> None:
    """The careless operator whose harmless site shares what only the hand on the server has is still found."""
    hand = (("tls-certificate", "c1"), ("email", "boss@pirates.example"), ("donation-handle", "ko-fi:pirates"))
    found = link(sightings([*crowd(), *rows([VICTIM], *hand), *rows(PIRATES, READER, *OWN, *hand)]))
    assert linked(found, VICTIM, PIRATES)


def test_a_page_copied_with_all_its_ids() -> None:
    page = (("favicon-mmh3", "99"), ("image-hash", "beef"), ("dom-structure", "d99"), ("copyright-line", "(c) charity"))
    copy = rows(["copy.example"], *page, *OF_VICTIM.items())
    found = link(sightings([*crowd(), *rows([VICTIM], *page, *OF_VICTIM.items()), *copy]))
    links = between(found, VICTIM, ["copy.example"])
    assert not linked(found, VICTIM, ["copy.example"])
    assert alternatives(links) >= {"networks.alternative-copied"}


def test_recycled_values() -> None:
    """Five pairs of sites, each of which holds what another held long before."""
    kinds = ("google-analytics", "email", "adsense-publisher", "donation-handle", "ip-address")
    died = [(f"died{turn}.example", kind, "recycled") for turn, kind in enumerate(kinds)]
    later = [(f"garden{turn}.example", kind, "recycled") for turn, kind in enumerate(kinds)]
    found = link(ranged((crowd(300), (0, 900)), (died, (0, 100)), (later, (500, 900))))
    assert not any(linked(found, f"died{turn}.example", [f"garden{turn}.example"]) for turn in range(5))


@pytest.mark.parametrize(
    ("own", "size"),
    [
        pytest.param(True, 60, id="with accounts of their own"),
        pytest.param(False, 60, id="that show nothing of their own"),
        pytest.param(False, 400, id="among many sites"),
    ],
)
def test_an_agency_with_forty_customers(own: bool, size: int) -> None:
    hand = (("email", "studio@agency.example"), ("google-tag-manager", "GTM-AGENCY"), ("ip-address", "192.0.2.80"),
            ("tls-certificate", "agency"), ("page-theme", "studio"), ("favicon-mmh3", "4"))  # fmt: skip
    customers = [f"customer{turn:02}.example" for turn in range(40)]
    world = [*crowd(size), *rows(customers, *hand)]
    if own:
        world += [(site, "donation-handle", f"ko-fi:{site}") for site in customers]
    found = link(sightings(world))
    assert not linked(found, customers[0], customers[1:])
    assert found.networks.num_rows == 0
    assert alternatives(between(found, customers[0], customers[1:])) <= {
        "networks.alternative-planted",
        "networks.alternative-copied",
        "networks.alternative-supplier",
    }


def test_resellers_of_hosting() -> None:
    world, sites = crowd(60), {}
    for tenants in (2, 3, 6, 30):
        hand = (
            ("ip-address", f"192.0.2.{tenants}"),
            ("name-server-set", f"ns{tenants}.reseller.example"),
            ("tls-certificate", f"reseller{tenants}"),
            ("favicon-mmh3", f"5{tenants}"),
            ("page-theme", "parking"),
        )
        sites[tenants] = [f"tenant{tenants}-{turn:02}.example" for turn in range(tenants)]
        world += rows(sites[tenants], *hand)
    found = link(sightings(world))
    assert not any(linked(found, some[0], some[1:]) for some in sites.values())


@pytest.mark.parametrize("timed", [True, False], ids=["spans", "moments of capture"])
def test_a_sold_site_joins_nobody(timed: bool) -> None:
    def accounts(who: str) -> list[tuple[str, str]]:
        return [("email", f"{who}@mail.example"), ("adsense-publisher", f"pub-{who}"), ("iban", f"DE00{who}")]

    before, after = ["old0.example", "old1.example"], ["new0.example", "new1.example"]
    days = ((0, 200), (400, 800)) if timed else ((100, 100), (500, 500))
    table = ranged(
        (crowd(), (0, 800)),
        (rows([*before, "sold.example"], *accounts("seller")), days[0]),
        (rows([*after, "sold.example"], *accounts("buyer")), days[1]),
    )
    if not timed:
        table = table.append_column("time", table["first_seen"]).drop_columns(["first_seen", "last_seen"])
    found = link(table)
    assert together(found, *before)
    assert together(found, *after)
    assert not together(found, before[0], after[0])
    assert together(found, "sold.example", after[0])
