"""Works: the list, who carries one, and a unit beside the page it was found on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marque.web import catalogue, columns
from marque.web.models import Match, Work
from marque.web.queries import beside as pieces
from marque.web.queries import stretches
from marque.web.queries import works as asked
from marque.works.entries import STRIP


def listed(request: HttpRequest) -> HttpResponse:
    """All works, those on most sites first."""
    return render(
        request, "works.html", {"page": asked.listed(request.GET.get("after"))} | columns.given(request, "works")
    )


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One work: its titles in every script, and who carries it."""
    work = Work.objects.filter(work=name).first()
    if work is None:
        raise Http404
    given = {"carriers": asked.carriers(name), "possible": asked.possible(name), "covers": asked.covers(name)}
    return render(request, "work.html", {"work": work} | given)


def beside(request: HttpRequest) -> HttpResponse:
    """One unit of the catalogue on the left, the captured page on the right, aligned piece by piece."""
    found = Match.objects.filter(site=request.GET.get("site", ""), work=request.GET.get("work", ""))
    for name in ("unit", "language", "medium", "page"):
        if request.GET.get(name):
            found = found.filter(**{name: request.GET[name]})
    match = found.order_by("-score", "id").first()
    if match is None:
        raise Http404
    if match.medium != STRIP:
        return render(request, "stretches.html", _named(match) | {"shown": stretches.aligned(match)})
    panels = catalogue.panels(match.work, match.unit, match.language or "")
    start = request.GET.get("start", "")
    shown = pieces.beside(match, panels, int(start) if start.isascii() and start.isdigit() and len(start) < 9 else None)
    thumbnails = any(panel.thumbnail for panel in panels.values())
    given = {"shown": shown, "thumbnails": thumbnails, "known": bool(panels)}
    return render(request, "beside.html", _named(match) | given)


def _named(match: Match) -> dict[str, object]:
    """A match with its work, and where else it was found on the same site: other units, other pages of this one."""
    others = Match.objects.filter(site=match.site, work=match.work).exclude(pk=match.pk).order_by("unit", "id")[:50]
    return {"match": match, "work": Work.objects.get(work=match.work), "others": list(others)}
