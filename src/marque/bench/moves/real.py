"""Real moves from the operator's own files, and sites that never moved to hide them among.

Nothing of these files is in the project. A listed domain is no accusation, and two domains of one offer no proof of
one operator.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publicsuffixlist import PublicSuffixList

from marque import clock
from marque.bench.moves.world import World, joined
from marque.errors import InputRefused
from marque.networks.moves import Seen

TIMES = 10  # sites that never moved for each that did
COLUMNS = ("old_domain", "new_domain", "date", "move_class")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Files:
    """`moves`: the columns above. The others are optional: sites by the column `domain`, hub names, hosts lists."""

    moves: Path
    themes: Path | None = None
    hubs: Path | None = None
    decoys: Path | None = None


def rows(path: Path, needed: Collection[str] = COLUMNS) -> list[Row]:
    """The rows of a table with tabs."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise InputRefused("networks.site-columns", columns=", ".join(missing))
        return list(reader)


def world(moves: Iterable[Row], service: Mapping[str, str], fill: bool = True) -> World:
    """One row a site: its first appearance as a new address, its last as an old one.

    What a row does not tell is the whole time's end or beginning (`fill`), or left open.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    before: dict[str, set[str]] = defaultdict(set)
    how: dict[str, str] = {}
    for row in sorted(moves, key=lambda row: (row["date"], row["old_domain"], row["new_domain"])):
        moment, old, new = clock.parse_iso(row["date"]) or 0, row["old_domain"], row["new_domain"]
        first[new], last[old] = min(first.get(new, moment), moment), max(last.get(old, moment), moment)
        before[new].add(old)
        how.setdefault(new, row["move_class"])
    ends = (min(first.values(), default=0), max(last.values(), default=0)) if fill else (None, None)
    seen = tuple(Seen(site, first.get(site, ends[0]), last.get(site, ends[1])) for site in sorted({*first, *last}))
    known = {one.site: service[one.site] for one in seen}
    return World(seen, {site: frozenset(olds) for site, olds in before.items()}, known, how)


def services(moves: Iterable[Row]) -> dict[str, str]:
    """Per site of any move the first name of all that moves join it to."""
    found: dict[str, str] = {}
    for row in moves:
        one, other = _root(found, row["old_domain"]), _root(found, row["new_domain"])
        found[max(one, other)] = min(one, other)
    return {site: _root(found, site) for site in sorted(found)}


def _root(found: dict[str, str], site: str) -> str:
    while found.setdefault(site, site) != site:
        site = found[site]
    return site


def sites(files: Files) -> list[str]:
    """Registrable domains of the lists of sites that are no part of any move."""
    found: set[str] = set()
    if files.themes is not None:
        found.update(row["domain"] for row in rows(files.themes, ("domain",)))
    suffixes = PublicSuffixList()
    for path in sorted(files.decoys.glob("*.txt")) if files.decoys is not None else ():
        lines = path.read_text("utf-8", errors="replace").splitlines()
        hosts = (line.split()[1] for line in lines if line.startswith("0.0.0.0 "))
        found.update(suffixes.privatesuffix(host) or "" for host in hosts)
    moved = {row[name] for row in rows(files.moves) for name in ("old_domain", "new_domain")}
    return sorted(found - moved - {""})


def hubs(path: Path) -> list[str]:
    """Addresses that serve many offers, one a line."""
    return sorted({line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()})


def among(
    moves: list[Row], service: Mapping[str, str], still: list[str], seed: int, served: Collection[str] = ()
) -> World:
    """Some offers with all their moves, among TIMES as many sites that never moved, with dates of the same years."""
    drawn = random.Random(f"moves {seed}")  # noqa: S311 - a repeatable choice
    offers: dict[str, list[str]] = defaultdict(list)
    for site in sorted({row[name] for row in moves for name in ("old_domain", "new_domain")}):
        offers[service[site]].append(site)
    chosen: set[str] = set()
    for offer in drawn.sample(sorted(offers), len(offers)):
        if (len(chosen) + len(offers[offer])) * TIMES <= len(still):
            chosen.update(offers[offer])
    part = [row for row in moves if row["old_domain"] in chosen]
    others = sorted({*still, *served} - chosen)
    return joined(world(part, service), _strewn(drawn, others, part), served)


def _strewn(drawn: random.Random, still: list[str], moves: list[Row]) -> list[Seen]:
    """Dates for sites that never moved: two days of the years of the moves, in order."""
    years = [int(row["date"][:4]) for row in moves]

    def day() -> int:
        year = drawn.choice(years)
        begin = clock.to_microseconds(datetime.fromisoformat(f"{year}-01-01T00:00:00+00:00"))
        return begin + drawn.randrange(365 * 86_400) * 1_000_000

    spans = (sorted((day(), day())) for _ in (still if years else []))
    return [Seen(site, first, last) for site, (first, last) in zip(still, spans, strict=bool(years))]
