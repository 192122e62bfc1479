"""Networks: the list, one network as table and as picture, and the picture for other programs."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marque.networks.operators import MOST
from marque.web import columns, drawing
from marque.web.lifelines import as_svg as as_lifelines
from marque.web.models import Network
from marque.web.queries import chokepoints as asked_chokepoints
from marque.web.queries import judgements, links, paging, runs
from marque.web.queries import money as asked_money
from marque.web.queries import networks as asked
from marque.web.queries import operators as asked_operators
from marque.web.queries import picture as asked_picture
from marque.web.queries import timeline as asked_timeline
from marque.web.reader import reader

_FEW, _MANY, _VALUES = 6, 60, 40  # rows of a panel, of a whole list, values in the picture


def listed(request: HttpRequest) -> HttpResponse:
    """All networks, the widest reach first."""
    return render(
        request,
        "networks.html",
        {"page": asked.listed(request.GET.get("after"))} | columns.given(request, "networks"),
    )


def _network(name: str) -> Network:
    network = Network.objects.filter(network=name).first()
    if network is None:
        raise Http404
    return network


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One network: its members, its picture, what holds it together, its life, who pays, and who could act."""
    view = request.GET.get("view", VIEWS[0])
    view = view if view in VIEWS else VIEWS[0]
    given: dict[str, object] = {"network": _network(name), "view": view, "views": VIEWS}
    return render(request, "network.html", given | _PARTS[view](request, name))


def _members(request: HttpRequest, name: str) -> dict[str, object]:
    # The picture and its table hold the same sites; without the picture a page of a list is enough.
    size = asked.DRAWN if request.GET.get("view") == "graph" else paging.SIZE
    found, page = asked.members(name, request.GET.get("after"), size)
    sites = [item.member.site for item in found]
    ties, declined = links.among(sites, most=_FEW), links.leaving(sites, _FEW)
    return {"members": found, "page": page, "ties": ties, "declined": declined} | columns.given(request, "members")


def _reasons(request: HttpRequest, name: str) -> dict[str, object]:
    sites = asked.names(name)
    return {
        "ties": links.among(sites, most=_MANY), "shared": asked.shared(sites), "declined": links.leaving(sites),
        "blind": judgements.waiting(sites),
    }  # fmt: skip


def _operators(request: HttpRequest, name: str) -> dict[str, object]:
    aliases, page = asked_operators.aliases(name, request.GET.get("after"))
    return {"aliases": aliases, "page": page, "kept": MOST}


def _judgements(request: HttpRequest, name: str) -> dict[str, object]:
    sites = asked.names(name)
    return {
        "progress": judgements.progress(), "given": judgements.about(sites), "blind": judgements.waiting(sites),
        "damaged": judgements.damaged(),
    }  # fmt: skip


def _money(request: HttpRequest, name: str) -> dict[str, object]:
    wanted = {key: request.GET.get(key, "") for key in asked_money.ASKED}
    if any(wanted.values()):
        return {"statements": asked_money.statements(name, wanted, request.GET.get("after")), **wanted}
    return {
        "diagrams": asked_money.diagrams(name), "advertisers": asked_money.advertisers(name),
        "donations": asked_money.donations(name),
    }  # fmt: skip


def _timeline(request: HttpRequest, name: str) -> dict[str, object]:
    return {"timeline": asked_timeline.timeline(name)}


def _chokepoints(request: HttpRequest, name: str) -> dict[str, object]:
    kind, resource = request.GET.get("kind", ""), request.GET.get("resource", "")
    if kind:
        return {"carried": asked_chokepoints.carried(name, kind, resource), "kind": kind, "resource": resource}
    return {"chokepoints": asked_chokepoints.chokepoints(name)}


_PARTS = {
    "members": _members, "graph": _members, "reasons": _reasons, "timeline": _timeline, "money": _money,
    "operators": _operators, "chokepoints": _chokepoints, "judgements": _judgements,
}  # fmt: skip
VIEWS = tuple(_PARTS)


def nodes(request: HttpRequest, name: str) -> HttpResponse:
    """The picture as data for the browser: places are the server's, not the browser's."""
    found, _ = asked.members(_network(name).network)
    drawn = asked_picture.picture(found)
    room = max(asked.DRAWN - len(drawn.nodes), 0)
    shared = asked.shared([item.member.site for item in found], min(room, _VALUES))
    return JsonResponse(drawing.as_data(drawn, shared))


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The picture as a file for a report: with legend, date and the run's digest."""
    network = _network(name)
    found, _ = asked.members(network.network)
    run = runs.current()
    svg = drawing.as_svg(asked_picture.picture(found), network, run.digest if run else "", reader(request).language)
    return _file(svg, "network.svg")


def lifelines(request: HttpRequest, name: str) -> HttpResponse:
    """The line of time as a file for a report."""
    network, run = _network(name), runs.current()
    drawn = asked_timeline.timeline(name)
    if drawn is None:
        raise Http404
    return _file(as_lifelines(drawn, network, run.digest if run else "", reader(request).language), "timeline.svg")


def _file(svg: str, name: str) -> HttpResponse:
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
