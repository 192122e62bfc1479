"""Claims: what time a table of sightings gives, and what is made of moments of capture."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from marque.networks import claims
from marque.networks.link import link

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
DAY = 86_400_000_000


def captured(*rows: tuple[str, str, str, int]) -> pa.Table:
    """Sightings whose only time is the moment of capture, in days."""
    return pa.Table.from_pylist(
        [{"site": site, "kind": kind, "value": value, "time": BEGIN + timedelta(days=day)}
         for site, kind, value, day in rows],
        schema=pa.schema([("site", pa.string()), ("kind", pa.string()), ("value", pa.string()),
                          ("time", pa.timestamp("us", tz="UTC"))]),
    )  # fmt: skip


def test_captures_of_one_value_fold_to_one_claim_a_little_wider_than_what_was_seen() -> None:
    found = claims.claims(
        captured(("a.example", "email", "x@mail.example", 0), ("a.example", "email", "x@mail.example", 9))
    )
    (row,) = found.sites.to_pylist()
    assert row["last"] - row["first"] == 9 * DAY
    assert (row["first"] - row["since"], row["until"] - row["last"]) == (claims.AROUND, claims.AROUND)


def test_sites_captured_on_different_days_are_compared_as_if_at_once() -> None:
    """Two sites are hardly ever captured in one moment; weeks apart their values still speak for one time."""
    own = [("email", "x@mail.example"), ("adsense-publisher", "pub-1"), ("tls-certificate", "c1")]
    crowd = [(f"crowd{turn:02}.example", "email", f"c{turn}@mail.example", 5) for turn in range(60)]
    near, far = (
        link(captured(*crowd, *(("a.example", *one, 0) for one in own), *(("b.example", *one, days) for one in own)))
        for days in (20, 200)
    )
    for found in (near, far):
        (row,) = [row for row in found.links.to_pylist() if row["site_a"] == "a.example"]
        assert row["accepted"]
        assert ("networks.alternative-changed-hands" in {reason["why"] for reason in row["reasons"]}) is (found is far)


@pytest.mark.parametrize("column", ["time", "first_seen"])
def test_no_time_at_all_is_unknown_and_neither_supports_nor_excludes(column: str) -> None:
    rows = [
        {"site": site, "kind": "email", "value": "x@mail.example", column: None} for site in ("a.example", "b.example")
    ]
    schema = pa.schema([(name, pa.string()) for name in ("site", "kind", "value")] + [(column, pa.timestamp("us"))])
    found = claims.claims(pa.Table.from_pylist(rows, schema=schema)).sites
    assert found["since"].null_count == found.num_rows == 2
