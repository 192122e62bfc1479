"""What the first page says: the run's figures, what to look at, and the four steps of the first minute."""

from dataclasses import dataclass

from django.db.models import Count, F, Sum

from marque.evidence.model import CONTENT
from marque.web.models import Capture, Link, Member, Network, Record, Sighting, Site, Successor, Work
from marque.web.queries import links
from marque.web.queries.runs import once

SHOWN = 5  # rows of a panel


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is, within this run."""

    captures: int
    records: int
    sites: int
    networks: int
    works: int
    damaged: int


@once
def figures() -> Figures:
    """Counts over summary tables, which are small."""
    totals = Capture.objects.aggregate(records=Sum("records"), damaged=Sum("problems"))
    return Figures(
        Capture.objects.count(), totals["records"] or 0, Site.objects.count(), Network.objects.count(),
        Work.objects.filter(sites__gt=0).count(), totals["damaged"] or 0,
    )  # fmt: skip


@once
def levels() -> list[tuple[str, int]]:
    """Machine proposals: how many sites at each level."""
    rows = Site.objects.values("level").annotate(sites=Count("site"))
    by_level = {row["level"]: row["sites"] for row in rows}
    order = ("all", "most", "some", "none", "licensed", "not-looked")
    return [(level, by_level[level]) for level in order if level in by_level]


@once
def states() -> list[tuple[str, int]]:
    """What the last page captured of each site was."""
    rows = Site.objects.exclude(state="").values("state").annotate(sites=Count("site"))
    return sorted(((row["state"], row["sites"]) for row in rows), key=lambda row: (-row[1], row[0]))


@once
def reach() -> list[Network]:
    """The networks with the widest reach."""
    return list(Network.objects.order_by("rank", "network")[:SHOWN])


@once
def attacked() -> list[Work]:
    """The works found on most sites without a licence."""
    return list(Work.objects.filter(sites__gt=0).order_by("-sites", "work")[:SHOWN])


@once
def strongest() -> list[links.Tie]:
    """The strongest links of the run, one of each network first, so that one big network does not fill the list."""
    best = list(Link.objects.filter(accepted=True, blind=False).order_by("-score", "id")[:300])
    home = dict(Member.objects.filter(site__in={link.site_a for link in best}).values_list("site", "network"))
    firsts: dict[str, Link] = {}
    for link in best:
        firsts.setdefault(home.get(link.site_a, link.site_a), link)
    ordered = [*firsts.values(), *(link for link in best if link not in firsts.values())]
    return [links.tie(link) for link in ordered[:SHOWN]]


@once
def returned() -> list[Successor]:
    """Sites that may have followed another."""
    rows = Successor.objects.filter(predecessor__isnull=False)
    return list(rows.order_by(F("probability").desc(nulls_last=True), "site")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Walk:
    """The first minute: a site, the network it is in, and the bytes of one signal of it."""

    site: Site
    network: Network
    sighting: Sighting


@once
def walk() -> Walk | None:
    """The site that shows most in one minute: carries works, in several hands' reach, and left a signal."""
    found = Site.objects.filter(works__gt=0, network__isnull=False, links__gt=0)
    ordered = found.order_by("-works", "-links", "-signals", "site")
    for site in (*ordered.filter(state=CONTENT)[:20], *ordered[:20]):
        network = Network.objects.filter(network=site.network).first()
        sighting = _telling(site)
        if network and network.core + network.halo > 1 and sighting:
            return Walk(site, network, sighting)
    return None


def _telling(site: Site) -> Sighting | None:
    """Of the values that the strongest link rests on, the first whose bytes are at hand."""
    for tie in links.of_site(site.site, accepted=True, most=3):
        for reason in tie.reasons.pro:
            found = Sighting.objects.filter(site=site.site, kind=reason.kind, value=reason.value, role="site")
            sighting = found.filter(part="payload").order_by("id").first()
            if reason.counted and sighting:
                return sighting
    return None


@once
def unseen() -> int:
    """How many records say nothing because a challenge, a block or an error stood before the page."""
    return Record.objects.filter(verdict__in=("challenge", "blocked", "error", "login-wall")).count()


@once
def alone() -> int:
    """How many sites no network holds."""
    return Site.objects.count() - Member.objects.values("site").distinct().count()


def warm() -> None:
    """Ask for what the first page needs before the first reader does."""
    for ask in (figures, levels, states, reach, attacked, strongest, returned, walk, unseen, alone):
        ask()
