"""What every answer passes: reading only, this machine's names only, headers that keep captured content inert."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# A picture from a capture, drawn again: even opened on its own it can neither run nor load anything.
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": POLICY,
    "Vary": "HX-Request",
}


def guard(answer: Answer) -> Answer:
    """Refuse what is not reading and names that are not this machine's; put the headers on everything."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase
        try:
            request.get_host()
            allowed = request.method in {"GET", "HEAD"}
            response = answer(request) if allowed else HttpResponseNotAllowed(["GET", "HEAD"])
        except DisallowedHost:
            response = HttpResponse("421 Misdirected Request\n", status=421, content_type="text/plain")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
