"""The run on show."""

from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

from django.db import connection

from marque.web.models import Run, Site

Found = TypeVar("Found")


def once(ask: Callable[[], Found]) -> Callable[[], Found]:
    """Ask the embedded file once: it never changes while it is served, so neither does the answer."""

    @cache
    def answer(database: str) -> Found:
        return ask()

    @wraps(ask)
    def asked() -> Found:
        return answer(str(connection.settings_dict["NAME"]))

    return asked


@once
def current() -> Run | None:
    """The one run of the embedded file; None where the workspace has none yet."""
    return Run.objects.first()


@once
def sites() -> int:
    """How many sites the run knows: what a rarity is "of"."""
    return Site.objects.count()
