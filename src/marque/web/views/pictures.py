"""Pictures: a captured image, a rectangle of it, a panel of the catalogue. Always drawn again, always PNG."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from marque.errors import MarqueError
from marque.signals.pictures.drawing import Box
from marque.web import catalogue, evidence, pictures
from marque.web.middleware import PICTURE_POLICY
from marque.web.models import Record


def of_record(request: HttpRequest, name: str) -> HttpResponse:
    """A captured picture, or a crop of it (`x`, `y`, `w`, `h` in its own pixels), `width` pixels wide at most."""
    record = Record.objects.filter(record=name).first()
    if record is None:
        raise Http404
    width, box = _asked(request)
    cache = Path(settings.WORKSPACE) / "cache" / "pictures" / record.capture
    key = f"{record.payload_digest} {width} {box}"
    drawn = pictures.kept(cache, key)
    if drawn is None:
        exchange = evidence.fetch(record)
        if exchange is None:
            raise Http404
        try:
            drawn = pictures.draw(exchange.payload, record.record, width, box)
        except MarqueError as reason:
            raise Http404 from reason
        pictures.keep(cache, key, drawn)
    return _answer(drawn)


def thumbnail(request: HttpRequest) -> HttpResponse:
    """A panel's thumbnail out of the catalogue, where its holder agreed to one."""
    given = request.GET
    panel = given.get("panel", "")
    outlines = catalogue.panels(given.get("work", ""), given.get("unit", ""), given.get("language", ""))
    outline = outlines.get(int(panel)) if panel.isascii() and panel.isdigit() and len(panel) < 9 else None
    if outline is None or outline.thumbnail is None or not outline.thumbnail.is_file():
        raise Http404
    return _answer(outline.thumbnail.read_bytes())


def _answer(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="image/png")
    answer["Content-Security-Policy"] = PICTURE_POLICY
    answer["Cache-Control"] = "private, max-age=600"
    return answer


def _asked(request: HttpRequest) -> tuple[int, Box | None]:
    numbers = [request.GET.get(name, "") for name in ("x", "y", "w", "h")]
    box = None
    if all(text.isascii() and text.isdigit() and len(text) < 7 for text in numbers):
        x, y, w, h = (int(text) for text in numbers)
        box = (x, y, w, h) if w and h else None
    width = request.GET.get("width", "")
    return (int(width) if width.isascii() and width.isdigit() and 0 < len(width) < 5 and int(width) else 640), box
