"""Small invented worlds of sightings for the linking tests."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from marque.evidence.model import TIME
from marque.networks.model import JUDGEMENTS

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
Row = tuple[str, str, str]

_SIGHTINGS = pa.schema(
    [
        ("site", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),
        ("role", pa.string()),
        ("first_seen", TIME),
        ("last_seen", TIME),
    ]
)


def sightings(rows: Iterable[Row], *, role: str = "site", days: tuple[int, int] = (0, 30)) -> pa.Table:
    """Sightings that all stand from the first day to the last."""
    first, last = (BEGIN + timedelta(days=day) for day in days)
    return pa.Table.from_pylist(
        [
            {"site": site, "kind": kind, "value": value, "role": role, "first_seen": first, "last_seen": last}
            for site, kind, value in rows
        ],
        schema=_SIGHTINGS,
    )


def crowd(count: int = 30) -> list[Row]:
    """Unrelated sites, each with things of its own and things that everybody has."""
    rows: list[Row] = []
    for turn in range(count):
        site = f"crowd{turn:02}.example"
        rows += [
            (site, "google-analytics", f"UA-9{turn:03}-1"),
            (site, "favicon-mmh3", str(1000 + turn)),
            (site, "page-theme", "madara"),
            (site, "script-url", "https://cdn.example/jquery.js"),
            (site, "name-server-set", f"ns{turn % 2}.hoster.example"),
            (site, "asn", "AS64500"),
        ]
    return rows


def judgement(a: str, b: str, word: str, *, by: str = "analyst-1", day: int = 0) -> Mapping[str, object]:
    """One judgement on a link."""
    return {
        "kind": "link",
        "a": a,
        "b": b,
        "judgement": word,
        "time": BEGIN + timedelta(days=day),
        "blind": True,
        "sampled": False,
        "by": by,
    }


def judgements(*rows: Mapping[str, object]) -> pa.Table:
    """A judgements table."""
    return pa.Table.from_pylist(list(rows), schema=JUDGEMENTS)
