"""Works: the list, who carries one, and a unit beside the page it was found on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marque.web import catalogue, columns
from marque.web.models import Match, Work
from marque.web.queries import beside as pieces
from marque.web.queries import works as asked


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
    return render(request, "work.html", {"work": work, "carriers": asked.carriers(name)})


def beside(request: HttpRequest) -> HttpResponse:
    """One unit of the catalogue on the left, the captured page on the right, aligned piece by piece."""
    wanted = {name: request.GET.get(name, "") for name in ("site", "work", "unit", "language")}
    found = Match.objects.filter(site=wanted["site"], work=wanted["work"])
    if wanted["unit"]:
        found = found.filter(unit=wanted["unit"])
    if wanted["language"]:
        found = found.filter(language=wanted["language"])
    match = found.order_by("-score", "id").first()
    if match is None:
        raise Http404
    panels = catalogue.panels(match.work, match.unit, match.language or "")
    start = request.GET.get("start", "")
    shown = pieces.beside(match, panels, int(start) if start.isascii() and start.isdigit() and len(start) < 9 else None)
    others = Match.objects.filter(site=match.site, work=match.work).exclude(pk=match.pk).order_by("unit", "id")[:50]
    return render(
        request,
        "beside.html",
        {
            "match": match,
            "work": Work.objects.get(work=match.work),
            "shown": shown,
            "thumbnails": any(panel.thumbnail for panel in panels.values()),
            "known": bool(panels),
            "others": list(others),
        },
    )
