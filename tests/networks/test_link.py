"""Links: what ties two sites, what must not, and what is shown either way."""

import io
import random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.networks.link import Linked, link
from tests.networks.worlds import Row, crowd, judgement, judgements, sightings

A, B = "alpha.example", "beta.example"
WALLET = ("crypto-address", "btc:bc1qinvented")
READER = ("service-kind", "strip-reader")


def both(*signals: tuple[str, str]) -> list[Row]:
    return [(site, kind, value) for kind, value in signals for site in (A, B)]


def pair(found: Linked, a: str = A, b: str = B) -> Any:
    rows = [row for row in found.links.to_pylist() if (row["site_a"], row["site_b"]) == (a, b)]
    return rows[0] if rows else None


LINKED = [
    pytest.param(both(("email", "boss@mail.example"), ("google-analytics", "UA-1-1")), id="contact and analytics"),
    pytest.param(both(WALLET, READER), id="a wallet alone, where both give ground to look"),
    pytest.param(both(("iban", "DE00INVENTED"), READER), id="a bank account alone, where both give ground to look"),
    pytest.param(both(("announcement-channel", "telegram:next"), ("favicon-mmh3", "77")), id="channel and favicon"),
    pytest.param(both(("adsense-publisher", "pub-1"), ("chat-handle", "line:x")), id="account and handle"),
]
NOT_LINKED = [
    pytest.param(both(WALLET), id="a wallet alone, where nothing gives ground to look"),
    pytest.param([*both(WALLET), (A, *READER)], id="a wallet that only one side gives ground to ask about"),
    pytest.param(both(("google-analytics", "UA-1-1")), id="one analytics id"),
    pytest.param(
        both(
            ("google-analytics", "UA-1-1"),
            ("favicon-mmh3", "77"),
            ("image-hash", "ab"),
            ("script-url", "https://x.example/a.js"),
        ),
        id="a cloned page",
    ),
    pytest.param(both(("email", "agency@mail.example")), id="one contact"),
    pytest.param(both(("ad-account", "gam:7"), ("analytics-id", "meta-pixel:7")), id="a publisher's tags"),
    pytest.param(both(("adsense-publisher", "pub-1"), ("image-host", "img.example")), id="a tag and an image host"),
    pytest.param(both(("ip-address", "192.0.2.7"), ("name-server-set", "a.example,b.example")), id="one hoster"),
    pytest.param(both(("ip-address", "192.0.2.7"), ("page-theme", "rare")), id="hoster and theme"),
    pytest.param(both(("asn", "AS64501"), ("page-theme", "madara")), id="autonomous system and theme"),
    pytest.param(both(("language", "ko"), ("risk-miner", "x")), id="kinds nobody described"),
]


@pytest.mark.parametrize("rows", LINKED)
def test_two_provenances_or_a_payment_link(rows: list[Row]) -> None:
    found = link(sightings(crowd() + rows))
    row = pair(found)
    assert row is not None
    assert row["accepted"]
    assert {(r["site"]) for r in found.networks.to_pylist()} == {A, B}


@pytest.mark.parametrize("rows", NOT_LINKED)
def test_what_a_copy_or_a_hoster_gives_does_not_link(rows: list[Row]) -> None:
    found = link(sightings(crowd() + rows))
    row = pair(found)
    assert row is None or not row["accepted"]
    assert found.networks.num_rows == 0


def test_a_case_of_three_sites_gets_sensible_answers() -> None:
    rows = [*both(("email", "boss@mail.example"), ("favicon-mmh3", "5")), ("gamma.example", "favicon-mmh3", "5")]
    found = link(sightings(rows))
    assert pair(found)["accepted"]
    assert pair(found)["low"] < 0.5
    assert not pair(found, A, "gamma.example")["accepted"]


def test_bystanders_and_advertisers_never_link_sites() -> None:
    table = pa.concat_tables(
        [
            sightings(crowd()),
            sightings(both(("email", "fan@mail.example"), WALLET), role="bystander"),
            sightings(
                both(("banner-advertiser", "casino.example"), ("referral-code", "casino.example:7")), role="advertiser"
            ),
        ]
    )
    assert pair(link(table)) is None


def test_different_wallets_at_the_same_time_speak_against() -> None:
    same = both(("email", "x@mail.example"), ("favicon-mmh3", "77"))
    differ = [(A, "crypto-address", "btc:one"), (B, "crypto-address", "btc:two")]
    without, against = (pair(link(sightings(crowd() + rows))) for rows in (same, same + differ))
    assert without is not None
    assert against is not None
    assert against["score"] <= without["score"]
    assert [r["why"] for r in against["reasons"] if not r["supports"] and r["kind"] == "crypto-address"] == [
        "networks.differs"
    ]


def test_a_value_that_moved_on_counts_no_more_than_one_held_at_the_same_time() -> None:
    together = link(sightings(crowd() + both(WALLET, READER)))
    early = sightings([(A, *WALLET)], days=(0, 10))
    late = sightings([(B, *WALLET)], days=(20, 30))
    apart = link(pa.concat_tables([sightings(crowd() + both(READER)), early, late]))
    assert pair(apart)["score"] <= pair(together)["score"]
    other = [{r["value"] for r in pair(found)["reasons"] if r["kind"] == "alternative"} for found in (apart, together)]
    assert ["changed-hands" in names for names in other] == [True, False]


def test_rows_add_up_to_the_score_exactly() -> None:
    found = link(sightings(crowd() + both(("email", "x@mail.example"), ("google-analytics", "UA-1-1"), WALLET)))
    assert found.links.num_rows
    for row in found.links.to_pylist():
        assert sum(reason["weight"] for reason in row["reasons"]) == row["score"]
        assert all(reason["counted"] for reason in row["reasons"] if reason["weight"])
        assert 0 <= row["low"] <= row["probability"] <= row["high"] <= 0.990001


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([f"s{n}.example" for n in range(6)]),
            st.sampled_from(
                ["email", "google-analytics", "favicon-mmh3", "iban", "ip-address", "tls-certificate", "odd"]
            ),
            st.sampled_from(["v1", "v2", "v3"]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_world_adds_up(rows: list[Row]) -> None:
    for row in link(sightings(rows)).links.to_pylist():
        assert sum(reason["weight"] for reason in row["reasons"] if reason["counted"]) == row["score"]


def test_the_order_of_rows_changes_no_byte() -> None:
    rows = crowd() + both(("email", "x@mail.example"), ("google-analytics", "UA-1-1"))
    table = sightings(rows)
    shuffled = table.take(random.Random(4).sample(range(table.num_rows), table.num_rows))
    first, second = link(table), link(shuffled)
    assert first.model == second.model
    for name in ("links", "networks", "services", "successors"):
        assert _bytes(getattr(first, name)) == _bytes(getattr(second, name))


def _bytes(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def test_a_fixed_model_gives_the_same_links_again() -> None:
    table = sightings(crowd() + both(("email", "x@mail.example"), ("google-analytics", "UA-1-1")))
    fitted = link(table)
    assert link(table, model=fitted.model).links.equals(fitted.links)


def test_a_foreign_model_is_refused() -> None:
    with pytest.raises(InputRefused):
        link(sightings(crowd()), model={"model": "other"})


def test_missing_columns_are_named() -> None:
    with pytest.raises(InputRefused) as refused:
        link(pa.table({"site": ["a.example"]}))
    assert refused.value.params["columns"] == "kind, value"


def test_nothing_in_nothing_out() -> None:
    found = link(sightings([]))
    assert found.links.num_rows == found.networks.num_rows == 0


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        pytest.param(["same"], True, id="must-link"),
        pytest.param(["same", "unsure"], False, id="taken back"),
        pytest.param(["unsure"], False, id="unsure decides nothing"),
    ],
)
def test_must_link_holds_and_can_be_taken_back(words: list[str], accepted: bool) -> None:
    given = judgements(*(judgement(B, A, word, day=day) for day, word in enumerate(words)))
    row = pair(link(sightings(crowd() + both(("google-analytics", "UA-1-1"))), judgements=given))
    assert row is not None
    assert row["accepted"] is accepted
    assert sum(reason["weight"] for reason in row["reasons"]) == row["score"]


def test_cannot_link_holds_even_through_others() -> None:
    middle = "middle.example"
    rows = [(s, k, v) for s in (A, B, middle) for k, v in (("email", "x@mail.example"), WALLET)]
    found = link(sightings(crowd() + rows), judgements=judgements(judgement(A, B, "not-same")))
    network = {row["site"]: row["network"] for row in found.networks.to_pylist()}
    assert not pair(found)["accepted"]
    assert A not in network or B not in network or network[A] != network[B]


def test_where_people_disagree_not_same_holds() -> None:
    given = judgements(judgement(A, B, "same", by="one"), judgement(A, B, "not-same", by="two"))
    row = pair(link(sightings(crowd() + both(WALLET)), judgements=given))
    assert row is not None
    assert not row["accepted"]
