"""Resources that several sites of a network stand on: what would go with each, and which sites they are.

That a resource is shared says whom to ask. It does not say that its owner knows what it carries.
"""

from collections.abc import Sequence

from marque.networks import ranking
from marque.web.models import Chokepoint, Member, Signal
from marque.web.queries import evidence

_MOST, _LOOKED = 100, 20_000


def chokepoints(network: str) -> list[Chokepoint]:
    """The choke points of a network, those that carry most of its sites first."""
    return list(Chokepoint.objects.filter(network=network).order_by("id")[: ranking.MOST])


def carried(network: str, kind: str, resource: str) -> Sequence[Signal]:
    """The values behind one choke point, site by site, each with its bytes."""
    if kind not in ranking.kinds():
        return ()
    names = Member.objects.filter(network=network).values("site")
    rows = Signal.objects.filter(site__in=names, kind=kind).exclude(role="bystander").order_by("site", "id")
    values = rows.values_list("id", "value")[:_LOOKED]
    wanted = [number for number, value in values if ranking.fold(kind, value) == resource][:_MOST]
    found = Signal.objects.in_bulk(wanted)
    return evidence.placed([found[number] for number in wanted])
