"""Networks: the list, one network as table and as picture, and the picture for other programs."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marque.web import drawing
from marque.web.models import Network
from marque.web.queries import links, runs
from marque.web.queries import networks as asked
from marque.web.reader import reader

VIEWS = ("members", "graph", "reasons", "money")


def listed(request: HttpRequest) -> HttpResponse:
    """All networks, the widest reach first."""
    return render(request, "networks.html", {"page": asked.listed(request.GET.get("after"))})


def _network(name: str) -> Network:
    network = Network.objects.filter(network=name).first()
    if network is None:
        raise Http404
    return network


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One network: its members, its picture, the reasons that hold it together, and who pays."""
    network = _network(name)
    view = request.GET.get("view", "members")
    found, page = asked.members(name, request.GET.get("after"))
    sites = [item.member.site for item in found]
    given: dict[str, object] = {
        "network": network,
        "view": view if view in VIEWS else "members",
        "views": VIEWS,
        "members": found,
        "page": page,
        "money": asked.money(name),
    }
    if view in {"reasons", "graph"}:
        given |= {"ties": links.among(sites), "shared": asked.shared(sites), "declined": links.leaving(sites)}
    elif view != "money":
        given |= {
            "ties": links.among(sites, most=5),
            "shared": asked.shared(sites, 8),
            "declined": links.leaving(sites, 5),
        }
    return render(request, "network.html", given)


def nodes(request: HttpRequest, name: str) -> HttpResponse:
    """The picture as data for the browser: places are the server's, not the browser's."""
    network = _network(name)
    found, _ = asked.members(network.network)
    places, edges, _ = asked.drawing(found)
    shared = asked.shared([node.id for node in places], asked.DRAWN - len(places) if len(places) < asked.DRAWN else 0)
    return JsonResponse(drawing.as_data(places, edges, shared[:40]))


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The picture as a file for a report: with legend, date and the run's digest."""
    network = _network(name)
    found, _ = asked.members(network.network)
    places, edges, _ = asked.drawing(found)
    run = runs.current()
    svg = drawing.as_svg(places, edges, network, run.digest if run else "", reader(request).language)
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="network.svg"'
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
