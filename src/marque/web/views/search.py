"""Search on top of every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marque.web.models import Site
from marque.web.queries import find


def search(request: HttpRequest) -> HttpResponse:
    """What was found in which field; a pasted digest or record name leads straight to the record."""
    query = request.GET.get("q", "").replace("\x00", "").strip()
    record = find.exact(query)
    if record is not None:
        return redirect(f"/records/{record.record}")
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else 0
    hits = find.find(query, request.GET.get("field", ""), start)
    return render(
        request, "search.html", {"query": query, "hits": hits, "sites": Site.objects.count() if not hits else None}
    )
