"""A mark: one question asked of a run, with what was planted, found and wrongly claimed. And the run it is asked of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from marque.assessment.model import ASSESSMENTS
from marque.clock import iso, to_microseconds
from marque.evidence import tables
from marque.evidence.model import RECORDS
from marque.money.model import FLOWS
from marque.networks.model import LINKS, NETWORKS, SERVICES, SUCCESSORS
from marque.signals.model import SIGHTINGS
from marque.works.model import MATCHES

SCHEMAS: Mapping[str, pa.Schema] = {
    "records": RECORDS,
    "sightings": SIGHTINGS,
    "matches": MATCHES,
    "links": LINKS,
    "networks": NETWORKS,
    "services": SERVICES,
    "successors": SUCCESSORS,
    "flows": FLOWS,
    "assessments": ASSESSMENTS,
}
Row = dict[str, Any]
Pair = tuple[str, str]
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of the truth table.

    `found` counts of `planted`; `wrong` counts of `of`, the chances there were to claim something wrongly. `missed`
    and `mistakes` are the first few of each, for people.
    """

    question: str
    planted: int
    found: int
    wrong: int
    of: int
    missed: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


def marked(question: str, planted: Iterable[object], found: Iterable[object], wrong: Iterable[object], of: int) -> Mark:
    """A mark from sets of named things."""
    wanted, mistakes = set(planted), sorted({_name(item) for item in wrong})
    met = wanted & set(found)
    missed = sorted(_name(item) for item in wanted - met)
    return Mark(
        question, len(wanted), len(met), len(mistakes), of, tuple(missed[:EXAMPLES]), tuple(mistakes[:EXAMPLES])
    )


def _name(item: object) -> str:
    return " / ".join(str(part) for part in item) if isinstance(item, tuple) else str(item)


def _written(time: datetime | None) -> str:
    return "" if time is None else iso(to_microseconds(time))


def pair(a: str, b: str) -> Pair:
    """Two sites, whichever is named first."""
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True)
class Run:
    """The tables of one run, read when asked for."""

    folder: Path

    def rows(self, name: str) -> list[Row]:
        """A table as plain rows."""
        found: list[Row] = tables.read(self.folder / f"{name}.parquet", SCHEMAS[name]).to_pylist()
        return found

    @cached_property
    def pages(self) -> dict[str, Row]:
        """Records by id."""
        return {row["record"]: row for row in self.rows("records")}

    @cached_property
    def verdicts(self) -> dict[Pair, str]:
        """What was made of each answer, by address and time."""
        return {(row["uri"], _written(row["time"])): row["verdict"] for row in self.pages.values()}

    @cached_property
    def members(self) -> dict[str, str]:
        """The network of each site that is in one."""
        return {row["site"]: row["network"] for row in self.rows("networks")}

    @cached_property
    def together(self) -> set[Pair]:
        """Pairs of sites that the run calls one network's."""
        groups: dict[str, list[str]] = defaultdict(list)
        for site, network in self.members.items():
            groups[network].append(site)
        return {pair(a, b) for group in groups.values() for a in group for b in group if a < b}

    @cached_property
    def linked(self) -> set[Pair]:
        """Pairs with an accepted link of their own."""
        return {pair(row["site_a"], row["site_b"]) for row in self.rows("links") if row["accepted"]}
