"""Which columns of a list a reader wants to see, and how it is sorted: in the address first, else as last chosen.

Nothing that is hidden is left out of a count, a sort or an export: a column is only not drawn.
"""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

LISTS: Mapping[str, tuple[str, ...]] = {
    "sites": ("level", "state", "network", "works", "signals", "links", "seen"),
    "networks": ("reach", "core", "halo", "works", "languages", "first", "last"),
    "members": ("place", "chance", "bridge", "state", "works", "seen"),
    "works": ("holder", "sites", "units", "languages"),
}
NONE = "-"
YEAR = 365 * 24 * 3600


def shown(request: HttpRequest, name: str) -> tuple[str, ...]:
    """The columns of a list that are drawn, in their own order."""
    every = LISTS[name]
    asked = request.GET.get("columns") or request.COOKIES.get(f"columns-{name}", "")
    if asked == NONE:
        return ()
    wanted = set(asked.split(".")[:40])
    return tuple(column for column in every if column in wanted) or every


def given(request: HttpRequest, name: str) -> dict[str, object]:
    """What a template needs to draw a list and the menu of its columns."""
    return {"list": name, "columns": shown(request, name), "every_column": LISTS[name]}


def token(name: str, wanted: list[str]) -> str:
    """A choice of columns as it stands in an address and in a cookie."""
    return ".".join(column for column in LISTS[name] if column in wanted) or NONE


def sorting(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    """How a list is sorted: as the address says, else as it was last sorted, else its first way."""
    for asked in (request.GET.get("sort"), request.COOKIES.get(f"sort-{name}")):
        if asked in allowed:
            return str(asked)
    return allowed[0]


def keep(answer: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice: it says how somebody likes to read, nothing about who."""
    answer.set_cookie(cookie, value, max_age=YEAR, samesite="Strict", httponly=True)
