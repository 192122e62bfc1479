"""ads.txt lines against lists of sellers: what agrees, what does not, whose account it is."""

import pyarrow as pa
import pytest

from marque.money.sellers.lines import HOLDERS, STANDINGS, UNRELATED, Line, join, lists, whose
from marque.money.sellers.sellers_json import Seller, SellerList
from marque.networks.model import NETWORKS
from marque.signals.model import SIGHTINGS

SITE, SISTER = "moon.example", "moon2.example"
Fields = dict[str, object]


def seen(kind: str, value: str, site: str = SITE, **more: object) -> Fields:
    return {"site": site, "kind": kind, "value": value, "role": "site", "record": "ab:1", **more}


def table(*rows: Fields) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SIGHTINGS)


def members(*names: tuple[str, str]) -> pa.Table:
    rows = [{"network": network, "site": site, "role": "core"} for site, network in names]
    return pa.Table.from_pylist(rows, schema=NETWORKS)


MINE = members((SITE, "n-1"), (SISTER, "n-1"))


def sellers(*entries: tuple[str, str | None, str | None]) -> SellerList:
    rows = (Seller("ads.test", account, kind, None, domain, None, "cd:0") for account, kind, domain in entries)
    return SellerList("ads.test", tuple(rows), ())


def joined(*rows: Fields, files: tuple[SellerList, ...] = (), networks: pa.Table = MINE) -> list[Line]:
    sightings = table(*rows)
    return join(sightings, networks, lists(sightings, files))


DIRECT, RESELLER = "ads-txt-direct", "ads-txt-reseller"
STAND = [
    pytest.param(DIRECT, ("publisher", SITE), "agrees", "network", id="direct, publisher, own domain"),
    pytest.param(DIRECT, ("publisher", SISTER), "agrees", "network", id="domain of a site of the network"),
    pytest.param(DIRECT, ("publisher", None), "unnamed", "unknown", id="no domain named: the line may be copied"),
    pytest.param(DIRECT, ("publisher", "paper.example"), "other-domain", "unknown", id="another's domain"),
    pytest.param(DIRECT, ("both", SITE), "both", "unknown", id="sells its own and others'"),
    pytest.param(DIRECT, ("intermediary", SITE), "direct-but-intermediary", "intermediary", id="called direct"),
    pytest.param(DIRECT, None, "not-listed", "unknown", id="direct, missing in the list"),
    pytest.param(DIRECT, (None, SITE), "unclear", "unknown", id="type unknown"),
    pytest.param(RESELLER, ("intermediary", "x.example"), "agrees", "intermediary", id="reseller"),
    pytest.param(RESELLER, ("publisher", "x.example"), "reseller-but-publisher", "unknown", id="a publisher's"),
    pytest.param(RESELLER, None, "not-listed", "intermediary", id="reseller, missing"),
]


@pytest.mark.parametrize(("kind", "entry", "standing", "holder"), STAND)
def test_what_line_and_list_say_together(
    kind: str, entry: tuple[str | None, str | None] | None, standing: str, holder: str
) -> None:
    known = sellers(("7", *entry)) if entry else sellers(("8", "publisher", SITE))
    (line,) = joined(seen(kind, "ads.test,7"), files=(known,))
    assert (line.standing, line.holder) == (standing, holder)
    assert (line.site, line.network, line.system, line.account, line.records) == (
        SITE,
        "n-1",
        "ads.test",
        "7",
        ("ab:1",),
    )
    assert standing in STANDINGS
    assert holder in HOLDERS


def test_a_system_nobody_looked_at_is_not_one_that_lists_nobody() -> None:
    (line,) = joined(seen(DIRECT, "ads.test,7"))
    assert (line.standing, line.holder, line.kind) == ("not-looked", "unknown", None)


def test_a_captured_list_counts_like_one_from_a_file_wherever_below_the_system_it_lies() -> None:
    listed = seen("seller", "cdn.ads.test,7,intermediary,broker.example", site="ads.test")
    (line,) = joined(seen(DIRECT, "ads.test,7"), listed)
    assert (line.standing, line.domain) == ("direct-but-intermediary", "broker.example")


def test_an_account_listed_twice_in_different_words_is_unclear() -> None:
    (line,) = joined(seen(DIRECT, "ads.test,7"), files=(sellers(("7", "publisher", SITE), ("7", "both", SITE)),))
    assert (line.standing, line.holder, line.kind) == ("unclear", "unknown", None)


@pytest.mark.parametrize(
    ("others", "holder"), [(UNRELATED, "network"), (UNRELATED + 1, "intermediary"), (300, "intermediary")]
)
def test_an_account_that_many_unrelated_sites_name_is_an_intermediarys(others: int, holder: str) -> None:
    rows = [seen(DIRECT, "ads.test,7", site=f"other{n}.example") for n in range(others)]
    found = joined(seen(DIRECT, "ads.test,7"), *rows, files=(sellers(("7", "publisher", SITE)),))
    (line,) = found
    assert (line.holder, line.sites) == (holder, others + 1)


def test_an_account_of_two_networks_is_the_payee_of_neither() -> None:
    networks = members((SITE, "n-1"), ("sun.example", "n-2"))
    known = sellers(("7", "publisher", SITE))
    rows = [seen(DIRECT, "ads.test,7", site=site) for site in (SITE, "sun.example")]
    assert {line.holder for line in joined(*rows, files=(known,), networks=networks)} == {"unknown"}


def test_code_on_the_page_counts_unless_the_file_says_the_same() -> None:
    page = seen("adsense-publisher", "pub-1")
    (line,) = joined(page)
    assert (line.system, line.account, line.relation) == ("google.com", "pub-1", "page")
    (line,) = joined(page, seen(DIRECT, "google.com,pub-1"))
    assert line.relation == "direct"


def test_lines_of_sites_that_give_no_ground_are_nobodys_business_but_count_as_spread() -> None:
    assert joined(seen(DIRECT, "ads.test,7", site="paper.example")) == []
    (line,) = joined(seen(DIRECT, "ads.test,7"), seen(DIRECT, "ads.test,7", site="paper.example"))
    assert (line.sites, line.networks) == (2, 1)


def test_what_a_bystander_wrote_is_left_out() -> None:
    assert joined(seen(DIRECT, "ads.test,7", role="bystander")) == []


def test_where_lines_disagree_about_an_account_the_more_careful_word_counts() -> None:
    networks = members((SITE, "n-1"), ("sun.example", "n-2"))
    known = sellers(("7", "publisher", SITE), ("8", "intermediary", None), ("9", "publisher", SITE))
    rows = [seen(DIRECT, f"ads.test,{n}", site=site) for n in "78" for site in (SITE, "sun.example")]
    found = joined(
        *rows, seen(DIRECT, "ads.test,9"), seen("adsense-publisher", "pub-1"), files=(known,), networks=networks
    )
    assert whose(found) == {
        "ads.test,7": "unknown", "ads.test,8": "intermediary", "ads.test,9": "network", "pub-1": "unknown",
    }  # fmt: skip
