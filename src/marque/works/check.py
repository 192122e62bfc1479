"""Is a catalogue still what was kept: fingerprints by their digests, thumbnails by their names, the index by its sums.

Whoever can write to the folder could have changed descriptions and fingerprints alike; against that stands only a
parcel that somebody signed.
"""

from collections.abc import Iterator
from pathlib import Path

from marque.digest import sha256
from marque.errors import MarqueError
from marque.evidence.findings import Finding
from marque.works import index_store, packed
from marque.works.catalogue import Catalogue, strip_digest
from marque.works.entries import STRIP, Unit

_INDEX = "index"


def is_catalogue(path: Path) -> bool:
    """Whether a folder is a catalogue's."""
    try:
        return (path / "catalogue.json").is_file()
    except OSError:  # a name longer than any file has
        return False


def verify(folder: Path) -> Iterator[Finding]:
    """What is found, each check ending with `ok` where nothing is wrong."""
    try:
        catalogue = Catalogue.open(folder)
        units = catalogue.units(None)
        catalogue.works()
        catalogue.rights()
    except MarqueError as damage:
        yield Finding("identity", "fault", damage.code, damage.params)
        return
    wrong = 0
    for finding in (each for unit in units for each in _unit(catalogue, unit)):
        wrong += 1
        yield finding
    if not wrong:
        yield Finding("objects", "ok", "works.units-proved", {"count": len(units)})
    yield from _index(folder / _INDEX)


def _unit(catalogue: Catalogue, unit: Unit) -> Iterator[Finding]:
    named = {"unit": f"{unit.work} {unit.unit} {unit.language}".strip()}
    try:
        table = catalogue.table(unit)
    except MarqueError:
        yield Finding("objects", "missing", "works.unit-unreadable", named)
        return
    if (strip_digest(table) if unit.medium == STRIP else packed.digest(table)) != unit.digest:
        yield Finding("objects", "fault", "works.unit-changed", named)
    for outline in unit.panels:
        if outline.thumbnail is not None and not _sound(outline.thumbnail):
            yield Finding("objects", "fault", "works.thumbnail-changed", named)


def _sound(thumbnail: Path) -> bool:
    try:
        return f"{sha256(thumbnail.read_bytes())}.png" == thumbnail.name
    except OSError:
        return False


def _index(folder: Path) -> Iterator[Finding]:
    """The index can be made again; a damaged one is named all the same, because it would answer wrongly."""
    if not (folder / "current").exists():
        return
    try:
        index_store.verify(folder)
    except MarqueError as damage:
        yield Finding("derived", "fault", damage.code, damage.params)
    else:
        yield Finding("derived", "ok", "works.index-proved", {})
