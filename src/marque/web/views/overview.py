"""The first page, the keys, and the word that the server is well."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marque.web.queries import overview as asked
from marque.web.queries import runs, works
from marque.web.reader import reader


def overview(request: HttpRequest) -> HttpResponse:
    """What this run found, what to look at first, and the first minute."""
    if runs.current() is None:
        return render(request, "empty.html", status=200)
    return render(
        request,
        "overview.html",
        {
            "figures": asked.figures(),
            "levels": asked.levels(),
            "states": asked.states(),
            "networks": asked.reach(),
            "works": asked.attacked(),
            "strongest": asked.strongest(),
            "returned": asked.returned(),
            "unseen": asked.unseen(),
            "alone": asked.alone(),
            "steps": asked.walk() if reader(request).walk else None,
        },
    )


def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does."""
    return render(request, "keys.html")


def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: which run it shows."""
    run = runs.current()
    return JsonResponse({"status": "ok", "run": run.digest if run else None, "works": works.known()})
