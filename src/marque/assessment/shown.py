"""What each site showed that a criterion asks about, with the records that show it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marque.money.trace import rules
from marque.works.cover import apart
from marque.works.model import MATCH

# A unit counts as served when this share of its panels is shown on one page; fewer is an excerpt.
WHOLE = 0.5
PIECES = 6  # the same where the unit's number of panels is unknown


@dataclass(frozen=True, slots=True)
class Shown:
    """Records of one site: pages by kind of service, money, announcements, whole units with and without licence."""

    services: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    money: set[str] = field(default_factory=set)
    announced: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    licensed: set[str] = field(default_factory=set)


def collect(sightings: pa.Table, matches: pa.Table) -> dict[str, Shown]:
    """Everything by site; a site that showed nothing is absent."""
    found: dict[str, Shown] = defaultdict(Shown)
    for site, kind, value, record in _signals(sightings):
        _note(found[site], kind, value, record)
    for row in apart.units(matches).to_pylist():
        if row["site"] is not None and row["answer"] == MATCH and row["page"] is not None:
            _match(found[row["site"]], row)
    return found


def _signals(sightings: pa.Table) -> Iterator[tuple[str, str, str, str]]:
    wanted = pa.array(["service-kind", "announcement-channel", *rules()], pa.string())
    kept = sightings.filter(pc.and_(pc.is_in(sightings["kind"], value_set=wanted), pc.is_valid(sightings["site"])))
    kept = kept.filter(pc.not_equal(pc.fill_null(kept["role"], "site"), "bystander"))
    columns = (kept[name].to_pylist() for name in ("site", "kind", "value", "role", "record"))
    for site, kind, value, role, record in zip(*columns, strict=True):
        if role != "advertiser" or (kind in rules() and rules()[kind].direction == "banner"):
            yield site, kind, value, record


def _note(shown: Shown, kind: str, value: str, record: str) -> None:
    if kind == "service-kind":
        shown.services[value].add(record)
    elif kind == "announcement-channel":
        shown.announced.add(record)
    else:
        shown.money.add(record)


def _match(shown: Shown, row: Mapping[str, Any]) -> None:
    if row["licensed"]:
        shown.licensed.add(row["page"])
    elif _whole(row):
        shown.whole.add(row["page"])


def _whole(row: Mapping[str, Any]) -> bool:
    """Whether the page shows a unit rather than a piece of it."""
    seen, of = row.get("panels"), row.get("panels_of")
    if seen is not None and of:
        return bool(seen >= WHOLE * of)
    return len(row["pieces"] or ()) >= PIECES
