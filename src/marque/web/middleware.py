"""What every answer passes: reading, but for a person's judgement; this machine's names only; headers that keep
captured content inert."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# A picture from a capture, drawn again: even opened on its own it can neither run nor load anything.
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Pages elsewhere are told nothing; our own form says that it comes from here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": POLICY,
}
READING = ("GET", "HEAD")
WRITTEN = "/judgements"  # the one address that takes anything in


def guard(answer: Answer) -> Answer:
    """Refuse what is neither reading nor a judgement, and names that are not this machine's; put headers on all."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            request.get_host()
            allowed = ("POST",) if request.path_info == WRITTEN else READING
            response = answer(request) if request.method in allowed else HttpResponseNotAllowed(allowed)
        except DisallowedHost:
            response = HttpResponse("421 Misdirected Request\n", status=421, content_type="text/plain")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        patch_vary_headers(response, ("HX-Request",))
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
