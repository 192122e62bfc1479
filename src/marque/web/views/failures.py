"""What a reader sees when something is not there or went wrong: what happened, what to do, a number to quote."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marque.errors import MarqueError
from marque.web.reader import reader

_LOG = logging.getLogger("marque.web")


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(request, "failure.html", {"code": code, "number": reader(request).number}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address cannot be understood."""
    return _page(request, "web.failure.address", 400)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page in this run."""
    return _page(request, "web.failure.missing", 404)


def foreign(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not opened on these pages, or too long ago."""
    return _page(request, "web.failure.foreign", 403)


def refused(request: HttpRequest, failure: MarqueError) -> HttpResponse:
    """What was to be kept could not be: in the words of the failure, nothing half-done left behind."""
    _LOG.error("%s %s %s", reader(request).number, request.path, failure)
    return _page(request, "web.failure.not-kept", 503)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake: the log has the trace under the number the reader sees."""
    number, language = reader(request).number, reader(request).language
    _LOG.error("%s %s", number, request.path, exc_info=sys.exc_info())
    try:
        return _page(request, "web.failure.broken", 500)
    except Exception:  # whatever broke the page may break this one as well; the number must reach the reader
        lines = [language.say(code, number=number) for code in ("web.failure.broken", "web.failure.number")]
        return HttpResponse("\n".join(lines) + "\n", status=500, content_type="text/plain; charset=utf-8")
