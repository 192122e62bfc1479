"""The picture of a network: its sites, its links with the few that hold it together marked, and what was declined.

A declined pair is drawn as well: the tempting false link must be seen with its reason, not only be absent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marque.web.figures import figure, strength
from marque.web.loading.positions import HEIGHT, WIDTH, holds
from marque.web.models import Link, Site
from marque.web.queries import judgements, reasons
from marque.web.queries.networks import Belonging

_EDGES = 600
_OUTSIDE, _INSIDE, _ASKED = 6, 20, 120
_TEMPTING = 0.1  # below this a pair outside is not drawn, unless it is the only one
BLIND = "blind"  # a pair whose score is hidden is drawn the same whether it was accepted or declined
_DASHED = frozenset({"weak", "open", BLIND})
WIDTHS = {"strong": 3, "probable": 2, "weak": 1, "open": 1, "declined": 1, BLIND: 1}


@dataclass(frozen=True, slots=True)
class Node:
    """A site in the picture. One outside the network stands there only for what was declined about it."""

    id: str
    label: str
    halo: bool
    outside: bool
    size: int
    service: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in the picture, as strong as it looks; `holds` where the picture would be poorer without it."""

    a: str
    b: str
    word: str
    width: int
    dashed: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """A pair that marque declined to link: the strongest of `count` pairs with the same site outside."""

    a: str
    b: str
    figure: str
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn of a network."""

    nodes: list[Node]
    edges: list[Edge]
    declined: list[Declined]


def picture(found: Sequence[Belonging]) -> Picture:
    """What is drawn of some members: their links, and the most tempting of the pairs that were declined."""
    inside = [item.member.site for item in found]
    nodes = _nodes(found)
    declined = _declined(inside)
    named = [row.b for row in declined if row.b not in set(inside)]
    nodes += _outside(named)
    return Picture(nodes, _edges(inside), declined)


def _nodes(found: Sequence[Belonging]) -> list[Node]:
    reach = sorted({item.site.links for item in found})
    place = {links: number / max(len(reach) - 1, 1) for number, links in enumerate(reach)}
    return [
        Node(
            item.member.site, item.site.display, item.member.role != "core", False,
            1 + round(place[item.site.links] * 2), item.site.service or "", item.member.x, item.member.y,
        )
        for item in found
    ]  # fmt: skip


def _outside(names: Sequence[str]) -> list[Node]:
    """Sites outside the network, in a column beside it."""
    sites = Site.objects.in_bulk(list(names))
    step = HEIGHT / (len(names) + 1)
    return [
        Node(name, sites[name].display if name in sites else name, False, True, 1, "", WIDTH + 120, step * (at + 1))
        for at, name in enumerate(names)
    ]


def _edges(sites: Sequence[str]) -> list[Edge]:
    rows = Link.objects.filter(site_a__in=sites, site_b__in=sites, accepted=True).order_by("-score", "id")
    links = list(rows.values_list("site_a", "site_b", "probability", "blind"))
    holding = holds([(one, other) for one, other, *_ in links])
    kept = sorted(range(len(links)), key=lambda place: (place not in holding, place))[:_EDGES]
    done, edges = judgements.judged(), []
    for place in sorted(kept):
        one, other, probability, blind = links[place]
        word = BLIND if judgements.unseen(blind, one, other, done) else strength(probability)
        edges.append(Edge(one, other, word, WIDTHS[word], word in _DASHED, place in holding))
    return edges + _untold(sites)


def _untold(sites: Sequence[str]) -> list[Edge]:
    """Declined pairs inside whose score is hidden: drawn as the accepted ones are that wait beside them."""
    rows = Link.objects.filter(site_a__in=sites, site_b__in=sites, accepted=False, blind=True).defer("reasons")
    done = judgements.judged()
    return [
        Edge(link.site_a, link.site_b, BLIND, WIDTHS[BLIND], True, True)
        for link in rows.order_by("turn", "id")[:_INSIDE]
        if judgements.hidden(link, done)
    ]


def _declined(sites: Sequence[str]) -> list[Declined]:
    """Declined pairs inside, and for each site outside the strongest pair; only what some value spoke for."""
    inside, done = set(sites), judgements.judged()
    among: list[Declined] = []
    outside: dict[str, tuple[str, float, int]] = {}
    for link in _candidates(sites):
        if judgements.hidden(link, done) or not reasons.split(link.reasons, link.score).pro:
            continue
        if link.site_a in inside and link.site_b in inside:
            among.append(Declined(link.site_a, link.site_b, figure(link.probability), 1))
            continue
        near, far = (link.site_a, link.site_b) if link.site_a in inside else (link.site_b, link.site_a)
        first = outside.setdefault(far, (near, link.probability or 0.0, 0))
        outside[far] = (*first[:2], first[2] + 1)
    pairs = [Declined(near, far, figure(chance), count) for far, (near, chance, count) in outside.items()]
    tempting = sum(chance >= _TEMPTING for _, chance, _ in outside.values())
    return among[:_INSIDE] + pairs[: min(max(tempting, 1), _OUTSIDE)]


def _candidates(sites: Sequence[str]) -> Iterable[Link]:
    found: dict[int, Link] = {}
    for end in ("site_a", "site_b"):
        for link in Link.objects.filter(**{f"{end}__in": sites}, accepted=False).order_by("-score", "id")[:_ASKED]:
            found[link.pk] = link
    return sorted(found.values(), key=lambda link: (-link.score, link.pk))
