"""Networks: the list by reach, one network's members, and its picture as nodes and edges."""

from collections.abc import Sequence
from dataclasses import dataclass

from marque.web.figures import Chance, strength
from marque.web.models import Flow, Member, Network, Signal, Site
from marque.web.queries import links, paging

DRAWN = 200
SHAPES = {"payment": "square", "money": "square", "infrastructure": "hexagon"}


def listed(after: str | None) -> paging.Page[Network]:
    """Networks, the widest reach first."""
    return paging.page(Network.objects.all(), ("-core", "-halo", "network"), after)


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


@dataclass(frozen=True, slots=True)
class Node:
    """A site or a shared value in the picture."""

    id: str
    label: str
    shape: str
    halo: bool
    size: int
    x: float
    y: float
    family: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in the picture, as strong as it looks; or what ties a site to a shared value."""

    a: str
    b: str
    word: str
    width: int
    dashed: bool


WIDTHS = {"strong": 3, "probable": 2, "weak": 1, "open": 1, "declined": 1}


def drawing(found: Sequence[Belonging]) -> tuple[list[Node], list[Edge], list[links.Tie]]:
    """Nodes and edges of the sites among some members, and the links they stand for."""
    ties = links.among([item.member.site for item in found])
    reach = sorted({item.site.links for item in found})
    nodes = [
        Node(
            item.member.site,
            item.site.display,
            "circle",
            item.member.role != "core",
            _size(item.site.links, reach),
            item.member.x,
            item.member.y,
        )
        for item in found
    ]
    edges = []
    for tie in ties:
        word = strength(tie.link.probability)
        edges.append(Edge(tie.link.site_a, tie.link.site_b, word, WIDTHS[word], word in {"weak", "open"}))
    return nodes, edges, ties


def _size(links_of_site: int, reach: Sequence[int]) -> int:
    place = reach.index(links_of_site) / max(len(reach) - 1, 1)
    return 1 + round(place * 2)


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


def money(network: str, most: int = 100) -> list[Flow]:
    """Who pays whom in a network, by what the statement rests on."""
    return list(Flow.objects.filter(network=network).order_by("basis", "payee", "payer", "id")[:most])
