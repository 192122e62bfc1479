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
    density: str
    veiled: bool  # pictures that nobody has looked at stay blurred until they are opened
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
        "compact" if request.COOKIES.get("density") == "compact" else "normal",
        request.COOKIES.get("pictures", "veiled") != "shown",
        f"E-{secrets.randbelow(900_000) + 100_000}",
    )
    request._reader = found  # type: ignore[attr-defined]
    return found
