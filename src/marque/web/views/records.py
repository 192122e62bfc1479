"""Show the bytes: one record with the span that proves a sighting, and the captures that records come from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marque.web import evidence
from marque.web.models import Record, Sighting
from marque.web.queries import evidence as asked
from marque.web.reader import reader

FORMS = ("text", "hex", "picture")
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/bmp")
_PARTS = ("payload", "http-header", "record-header")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One record: who, when, where it stands, and its bytes as text, hex or picture."""
    record = Record.objects.filter(record=name).first()
    if record is None:
        raise Http404
    part = request.GET.get("part", "payload")
    part = part if part in _PARTS else "payload"
    span = _span(request)
    sighting = asked.sighting(name, part, *span, request.GET.get("kind", "")) if span else None
    drawable = record.media_type in PICTURES
    form = request.GET.get("form", "picture" if drawable and span is None else "text")
    given = {
        "record": record,
        "part": part,
        "span": span,
        "at": _number(request, "at"),
        "form": form if form in FORMS and (drawable or form != "picture") else "text",
        "forms": FORMS if drawable else FORMS[:2],
        "drawable": drawable,
        "hidden_picture": reader(request).veiled and not record.known and request.GET.get("shown") != "1",
        "sighting": sighting,
        "steps": asked.steps(sighting) if sighting else None,
        "seen": asked.of_record(name),
        "page": Record.objects.filter(record=record.page).first() if record.page and record.page != name else None,
    }
    return render(request, "record.html", given | _bytes(record, part, span, given["at"], sighting))


def _span(request: HttpRequest) -> tuple[int, int] | None:
    start, end = _number(request, "start"), _number(request, "end")
    return (start, end) if start is not None and end is not None and start < end else None


def _bytes(
    record: Record, part: str, span: tuple[int, int] | None, at: object, sighting: Sighting | None
) -> dict[str, object]:
    exchange = evidence.fetch(record)
    if exchange is None:
        return {"window": None, "text": [], "lines": []}
    data = evidence.part(exchange, part)
    hidden = asked.masked(record.record, part, 0, len(data))
    shown = evidence.window(data, span, at if isinstance(at, int) else None, hidden)
    coding = evidence.charset(exchange) if part == "payload" else "utf-8"
    return {
        "window": shown,
        "text": evidence.text(shown, coding),
        "lines": evidence.lines(shown),
        "coding": coding,
        "hidden": bool(hidden),
        "misplaced": span is not None and shown.span is None,
    }


def capture(request: HttpRequest, digest: str) -> HttpResponse:
    """One capture and its records in file order, damage named."""
    found = asked.capture(digest)
    if found is None:
        raise Http404
    verdict = request.GET.get("verdict", "")
    page = asked.records(digest, verdict, request.GET.get("after"))
    return render(request, "capture.html", {"capture": found, "page": page, "verdict": verdict})
