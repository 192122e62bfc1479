"""Language, colours, density, pictures, columns, the first-minute walk: cookies that say nothing about a person."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from marque.web import columns
from marque.web.language import PSEUDO
from marque.words import LANGUAGES

CHOICES = {
    "language": (*LANGUAGES, PSEUDO), "theme": ("auto", "light", "dark"), "walk": ("on", "off"),
    "density": ("normal", "compact"), "pictures": ("veiled", "shown"),
}  # fmt: skip


def change(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to where the reader was."""
    answer = redirect(_back(request))
    for name, allowed in CHOICES.items():
        value = request.GET.get(name)
        if value in allowed:
            columns.keep(answer, name, str(value))
    return answer


def change_columns(request: HttpRequest) -> HttpResponse:
    """Keep which columns of a list are wanted; the choice also stands in the address, so that it travels."""
    name = request.GET.get("list", "")
    if name not in columns.LISTS:
        raise Http404
    wanted = columns.token(name, request.GET.getlist("column"))
    parts = urlsplit(_back(request))
    query = QueryDict(parts.query, mutable=True)
    query["columns"] = wanted
    answer = redirect(urlunsplit(parts._replace(query=urlencode(list(query.lists()), doseq=True))))
    columns.keep(answer, f"columns-{name}", wanted)
    return answer


def _back(request: HttpRequest) -> str:
    """The page to go back to: one of ours, or the first."""
    wanted = request.GET.get("next", "/")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
