"""Networks: the list by reach, one network's members, and the values they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from marque.web.figures import Chance
from marque.web.models import Member, Network, Signal, Site
from marque.web.queries import paging

DRAWN = 200
SHAPES = {"payment": "square", "money": "square", "infrastructure": "hexagon"}


def listed(after: str | None) -> paging.Page[Network]:
    """Networks, the widest reach first."""
    return paging.page(Network.objects.all(), ("rank", "network"), after)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A member with its site and the range of its membership."""

    member: Member
    site: Site

    @property
    def chance(self) -> Chance:
        return Chance(self.member.membership, self.member.low, self.member.high)

    @property
    def bridge(self) -> tuple[str, str] | None:
        """The two ends of the weakest link on the way into the network, where the run names both."""
        ends = (self.member.weakest_bridge or "").split()
        return (ends[0], ends[1]) if len(ends) == 2 else None


def members(network: str, after: str | None = None, size: int = DRAWN) -> tuple[list[Belonging], paging.Page[Member]]:
    """A page of members, surest first."""
    page = paging.page(Member.objects.filter(network=network), ("-membership", "site"), after, size)
    sites = Site.objects.in_bulk([member.site for member in page.rows])
    return [Belonging(member, sites[member.site]) for member in page.rows], page


def names(network: str) -> list[str]:
    """The members that are drawn, by name: the surest ones first."""
    rows = Member.objects.filter(network=network).order_by("-membership", "site")
    return list(rows.values_list("site", flat=True)[:DRAWN])


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that several members carry: how many of them, and how many sites of the run."""

    kind: str
    value: str
    family: str
    here: tuple[str, ...]
    sites: int

    @property
    def shape(self) -> str:
        return SHAPES.get(self.family, "diamond")


def shared(sites: Sequence[str], most: int = 40) -> list[Shared]:
    """Values on at least two of some sites, those least often seen elsewhere first."""
    carriers: dict[tuple[str, str], tuple[Signal, set[str]]] = {}
    rows = Signal.objects.filter(site__in=sites, sites__gte=2, role="site").exclude(kind="asn")
    for row in rows.order_by("sites", "id")[:4_000]:
        carriers.setdefault((row.kind, row.value), (row, set()))[1].add(row.site)
    found = [
        Shared(row.kind, row.value, row.family, tuple(sorted(here)), row.sites)
        for row, here in carriers.values()
        if len(here) > 1
    ]
    found.sort(key=lambda item: (item.sites - len(item.here), -len(item.here), item.kind, item.value))
    return found[:most]
