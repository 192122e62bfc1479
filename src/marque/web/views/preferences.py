"""Language, theme, and whether the first-minute walk is on: three cookies that say nothing about a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from marque.web.language import PSEUDO
from marque.words import LANGUAGES

CHOICES = {"language": (*LANGUAGES, PSEUDO), "theme": ("auto", "light", "dark"), "walk": ("on", "off")}
_YEAR = 365 * 24 * 3600


def change(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to where the reader was."""
    wanted = request.GET.get("next", "/")
    answer = redirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/")
    for name, allowed in CHOICES.items():
        value = request.GET.get(name)
        if value in allowed:
            answer.set_cookie(name, value, max_age=_YEAR, samesite="Strict", httponly=True)
    return answer
