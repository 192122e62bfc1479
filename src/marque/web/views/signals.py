"""Who carries a value: the same signal on every site of the run that shows it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marque.web.models import Site
from marque.web.queries import evidence


def one(request: HttpRequest) -> HttpResponse:
    """The carriers of one value, and the bytes on each."""
    kind, value = request.GET.get("kind", ""), request.GET.get("value", "")
    page = evidence.carriers(kind, value, request.GET.get("after"))
    if not page.rows:
        raise Http404
    sites = Site.objects.in_bulk([row.site for row in page.rows])
    rows = [(row, sites.get(row.site)) for row in page.rows]
    return render(
        request,
        "signal.html",
        {
            "kind": kind,
            "value": value,
            "family": page.rows[0].family,
            "page": page,
            "rows": rows,
            "of": Site.objects.count(),
        },
    )
