"""Two sites beside each other: why they are linked or were declined, whether one followed the other, what people say.

A pair that is judged blind shows what the sites share and nothing of how it was weighed.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect

from marque.web.judging.model import LINK, SERVICE, SUCCESSOR, WORDS
from marque.web.models import Successor
from marque.web.queries import companions, judgements, links, reasons

LONGEST = 1_000  # letters of a reason


@csrf_protect
def link(request: HttpRequest) -> HttpResponse:
    """Why two sites are linked, or why marque declined to link them."""
    return link_of(request, request.GET.get("a", ""), request.GET.get("b", ""))


def link_of(request: HttpRequest, one: str, other: str, wrong: str = "") -> HttpResponse:
    """The page of a link; `wrong` says why a judgement on it was not taken."""
    tie = links.between(one, other)
    if tie is None:
        raise Http404
    form = _form(LINK, *tie.ends, wrong)
    if judgements.hidden(tie.link, judgements.judged()):
        shown = {"tie": tie, "sides": reasons.unweighed(tie.reasons)}
        return render(request, "blind.html", shown | form, status=400 if wrong else 200)
    given: dict[str, object] = {"tie": tie, "breaks": links.breaks(tie.link)}
    if form["judged"]:
        given["progress"] = judgements.progress()
    return render(request, "link.html", given | form, status=400 if wrong else 200)


@csrf_protect
def succession(request: HttpRequest) -> HttpResponse:
    """Why one site may have followed another, and what speaks against it."""
    return succession_of(request, request.GET.get("predecessor", ""), request.GET.get("site", ""))


def succession_of(request: HttpRequest, predecessor: str, site: str, wrong: str = "") -> HttpResponse:
    """The page of a succession; `wrong` says why a judgement on it was not taken."""
    row = Successor.objects.filter(site=site, predecessor=predecessor).first()
    if row is None:
        raise Http404
    given = {"row": row, "reasons": reasons.split(row.reasons)} | _form(SUCCESSOR, predecessor, site, wrong)
    return render(request, "succession.html", given, status=400 if wrong else 200)


@csrf_protect
def service(request: HttpRequest) -> HttpResponse:
    """Why two sites are held as one service, and what speaks against it."""
    return service_of(request, request.GET.get("a", ""), request.GET.get("b", ""))


def service_of(request: HttpRequest, a: str, b: str, wrong: str = "") -> HttpResponse:
    """The page of two sites of one service; `wrong` says why a judgement on them was not taken."""
    pair = companions.companions(a, b)
    if pair is None:
        raise Http404
    given = {"pair": pair} | _form(SERVICE, pair.one.site, pair.other.site, wrong)
    return render(request, "companions.html", given, status=400 if wrong else 200)


def _form(kind: str, a: str, b: str, wrong: str) -> dict[str, object]:
    return {
        "kind": kind, "a": a, "b": b, "words": WORDS, "wrong": wrong, "longest": LONGEST,
        "judged": judgements.on(kind, a, b), "damaged": judgements.damaged(),
    }  # fmt: skip
