"""The run on show."""

from functools import cache

from django.db import connection

from marque.web.models import Run, Site


def current() -> Run | None:
    """The one run of the embedded file; None where the workspace has none yet."""
    return _of(str(connection.settings_dict["NAME"]))


@cache
def _of(database: str) -> Run | None:
    return Run.objects.first()


def sites() -> int:
    """How many sites the run knows: what a rarity is "of"."""
    return _sites(str(connection.settings_dict["NAME"]))


@cache
def _sites(database: str) -> int:
    return Site.objects.count()
