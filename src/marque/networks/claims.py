"""Sightings to claims: which site held which value, from when to when. One row a site, kind and value.

`first` and `last` are when it was seen; `since` and `until` are what is compared, a little wider where all that is
known are moments of capture.

A bystander's signal is dropped. An advertiser's signal is kept apart: it says who paid for a banner, and never that
two sites carrying the banner have anything to do with each other.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marque.errors import InputRefused
from marque.networks import kinds

CLAIMS = pa.schema(
    [
        ("site", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),
        ("family", pa.string()),
        ("first", pa.int64()),
        ("last", pa.int64()),
        ("since", pa.int64()),
        ("until", pa.int64()),
    ]
)
# A capture is a moment: what it shows is taken to have stood this long before and after. Input that gives first_seen
# and last_seen says so itself.
AROUND = 30 * 86_400_000_000
_NEEDED = ("site", "kind", "value")


@dataclass(frozen=True, slots=True)
class Claims:
    """`sites`: what sites say about themselves. `adverts`: what banners on them say about their advertisers."""

    sites: pa.Table
    adverts: pa.Table


def claims(sightings: pa.Table) -> Claims:
    """Split by role and fold to one row a site, kind and value, sorted."""
    missing = [name for name in _NEEDED if name not in sightings.column_names]
    if missing:
        raise InputRefused("networks.columns-missing", columns=", ".join(missing))
    plain, role = _plain(sightings), _role(sightings)
    payers = pa.array([name for name, kind in kinds.known().items() if kind.group == kinds.PAYER], pa.string())
    paid = pc.is_in(plain["kind"], value_set=payers)
    advertiser = pc.or_(pc.equal(role, "advertiser"), pc.and_(pc.equal(role, "site"), paid))
    site = pc.and_(pc.equal(role, "site"), pc.invert(paid))
    return Claims(_fold(plain.filter(site)), _fold(plain.filter(advertiser)))


def _plain(table: pa.Table) -> pa.Table:
    first, last = _moment(table, "first_seen", "first", "time"), _moment(table, "last_seen", "last", "time")
    around = 0 if "first_seen" in table.column_names and "last_seen" in table.column_names else AROUND
    times = [first, last, pc.subtract(first, around), pc.add(last, around)]
    if "since" in table.column_names and "until" in table.column_names:  # claims already
        times = [first, last, table["since"], table["until"]]
    columns = [table[name].cast(pa.string()) for name in _NEEDED]
    return pa.table([*columns, _family(table), *times], names=CLAIMS.names)


def _moment(table: pa.Table, *names: str) -> pa.ChunkedArray:
    for name in names:
        if name in table.column_names:
            column = table[name]
            if pa.types.is_int64(column.type):
                return column
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                column = column.cast(pa.timestamp("us"))
            return column.cast(pa.timestamp("us", tz=getattr(column.type, "tz", None)), safe=False).cast(pa.int64())
    return pa.chunked_array([pa.nulls(table.num_rows, pa.int64())])


def _role(table: pa.Table) -> pa.ChunkedArray:
    if "role" not in table.column_names:
        return pa.chunked_array([pa.array(["site"] * table.num_rows, pa.string())])
    return pc.fill_null(table["role"].cast(pa.string()), "site")


def _family(table: pa.Table) -> pa.ChunkedArray:
    """The described family of the kind; else the one the row came with; else `other`."""
    names = pc.unique(table["kind"].cast(pa.string()))
    described = {name: kinds.known()[name].family for name in names.to_pylist() if name in kinds.known()}
    given = (
        pc.fill_null(table["family"].cast(pa.string()), "other")
        if "family" in table.column_names
        else pa.chunked_array([pa.array(["other"] * table.num_rows, pa.string())])
    )
    if not described:
        return given
    place = pc.index_in(table["kind"].cast(pa.string()), value_set=pa.array(list(described)))
    return pc.coalesce(pc.take(pa.array(list(described.values())), place), given)


def _fold(plain: pa.Table) -> pa.Table:
    whole = plain.filter(pc.and_(pc.is_valid(plain["site"]), pc.is_valid(plain["value"])))
    keys = ["site", "kind", "value"]
    ends = [("family", "min"), ("first", "min"), ("last", "max"), ("since", "min"), ("until", "max")]
    folded = whole.group_by(keys, use_threads=False).aggregate(ends)
    renamed = folded.rename_columns([*keys, *(name for name, _ in ends)])
    return renamed.sort_by([(key, "ascending") for key in keys]).select(CLAIMS.names).cast(CLAIMS)
