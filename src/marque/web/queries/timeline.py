"""A network's line of time with what its pages show beside it: the site's row, and what may have followed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min

from marque.networks.timeline import BARS, Bar, Life, Timeline
from marque.networks.timeline import timeline as drawn
from marque.web.models import Member, Record, Site, Successor

_AFTER = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """The line of time and the rows beside its bars: none where the sites are binned."""

    line: Timeline
    rows: list[tuple[Bar, Site, list[Successor]]]


def timeline(network: str) -> Drawn | None:
    """The line of time of a network; None where no capture of it has a time."""
    names = Member.objects.filter(network=network).values("site")
    sites = {site.site: site for site in Site.objects.filter(site__in=names)}
    single = len(sites) <= BARS
    seen, after = (_seen(list(sites)), _after(list(sites))) if single else ({}, {})
    lives = [Life(site.site, site.first, site.last, tuple(seen.get(site.site, ()))) for site in sites.values()]
    moves = {name: [row.site for row in rows if not row.impostor] for name, rows in after.items()}
    line = drawn(lives, moves)
    if line is None:
        return None
    return Drawn(line, [(bar, sites[bar.site], after.get(bar.site, [])) for bar in line.bars])


def _seen(names: Sequence[str]) -> dict[str, list[int]]:
    """When each site was captured."""
    found: dict[str, list[int]] = {}
    rows = Record.objects.filter(site__in=names, time__isnull=False).values("site", "capture")
    for row in rows.annotate(at=Min("time")).order_by("site", "at"):
        found.setdefault(str(row["site"]), []).append(row["at"])
    return found


def _after(names: Sequence[str]) -> dict[str, list[Successor]]:
    found: dict[str, list[Successor]] = {}
    for row in Successor.objects.filter(predecessor__in=names).order_by("-probability", "site"):
        found.setdefault(str(row.predecessor), []).append(row)
    return {name: rows[:_AFTER] for name, rows in found.items()}
