"""Who reads, as far as a page needs to know: language, theme, the first-minute walk, a number to quote."""

import secrets
from dataclasses import dataclass

from django.http import HttpRequest

from marque.web.language import Language, choose

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """Preferences of one request, out of its cookies. Nothing here says who the person is."""

    language: Language
    theme: str
    walk: bool
    number: str


def reader(request: HttpRequest) -> Reader:
    """The reader of a request, worked out once."""
    known = getattr(request, "_reader", None)
    if isinstance(known, Reader):
        return known
    theme = request.COOKIES.get("theme", "")
    found = Reader(
        choose(request.COOKIES.get("language"), request.headers.get("Accept-Language", "")),
        theme if theme in THEMES else "auto",
        request.COOKIES.get("walk", "on") != "off",
        f"E-{secrets.randbelow(900_000) + 100_000}",
    )
    request._reader = found  # type: ignore[attr-defined]
    return found
