"""The catalogue of works as the pages use it: titles, panel outlines, thumbnails where the holder agreed to them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from marque.errors import MarqueError
from marque.web.loading.titles import Title
from marque.works.catalogue import Catalogue
from marque.works.entries import Outline


@cache
def _opened(folder: str) -> Catalogue | None:
    try:
        return Catalogue.open(Path(folder)) if folder else None
    except MarqueError:
        return None


def titles(folder: Path) -> Mapping[str, Title]:
    """What every work of a catalogue is called."""
    return {work.work: Title(work.titles, work.holder or "") for work in Catalogue.open(folder).works().values()}


def panels(work: str, unit: str, language: str) -> dict[int, Outline]:
    """The panels of a unit by number; none where no catalogue is at hand or it has no such unit."""
    opened = _opened(settings.CATALOGUE)
    if opened is None:
        return {}
    try:
        return {outline.panel: outline for outline in opened.panels(work, unit, language)}
    except MarqueError:
        return {}
