"""Files a person names, whatever medium they are of: kept as a unit, or asked which unit they show.

A folder is a strip's slices in reading order. A film is fingerprinted twice: its pictures and its sound, since a copy
may keep one and change the other.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marque.errors import InputRefused, WrongUsage
from marque.works import aligned, fingerprint, patches, unit
from marque.works.catalogue import Catalogue
from marque.works.entries import STRIP, Unit, Work
from marque.works.match import match
from marque.works.mediums import MEDIUMS, SILENT, Medium, asked
from marque.works.model import FINGERPRINTS
from marque.works.recognise import HEAD, medium_of


def medium_at(path: Path) -> str:
    """The medium of a file or folder; what is none that marque knows is left to the reader of pictures to name."""
    if not path.is_file():
        return STRIP
    try:
        with path.open("rb") as stream:
            return medium_of(stream.read(HEAD)) or STRIP
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=str(path)) from reason


def add(
    catalogue: Catalogue, named: Work, unit_id: str, language: str, files: Sequence[Path], *, thumbnails: bool
) -> list[Unit]:
    """Keep the fingerprints of one unit: pictures in reading order, or one film, sound or text."""
    media = {medium_at(path) for path in files}
    if media <= {STRIP}:
        return [catalogue.add(named.work, unit_id, language, named.titles, named.holder, files, thumbnails)]
    if len(files) > 1:
        raise WrongUsage("works.one-file", unit=f"{named.work} {unit_id}")
    kept = []
    for medium in _asked(media.pop()):
        try:
            kept.append(catalogue.add_file(medium, named, unit_id, language, files[0]))
        except InputRefused as reason:
            if not kept or reason.code not in SILENT:
                raise
    return kept


def _asked(name: str) -> list[Medium]:
    return [MEDIUMS[each]() for each in asked(name)]


def shown(path: Path, catalogue: Catalogue) -> tuple[list[dict[str, Any]], list[InputRefused]]:
    """What a file, or a folder of slices, shows: rows of MATCHES; and what of it could not be read."""
    name = medium_at(path)
    if name == STRIP:
        return _pictures(path, catalogue)
    rows: list[dict[str, Any]] = []
    problems: list[InputRefused] = []
    for medium in _asked(name):
        try:
            query = medium.fingerprint(path, str(path))
        except InputRefused as reason:
            problems += [] if rows and reason.code in SILENT else [reason]
            continue
        rows += [_named(row, path) for row in aligned.found(query, medium, aligned.load(medium, catalogue))]
    return rows, problems


def _pictures(path: Path, catalogue: Catalogue) -> tuple[list[dict[str, Any]], list[InputRefused]]:
    strip, problems = unit.read_strip(path)
    table = FINGERPRINTS.empty_table()
    if strip.segments:
        table = fingerprint.table(strip, patches.find(strip), str(path), None, None, column="file")
    return match(table, catalogue).to_pylist(), problems


def _named(row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    pieces = [{**piece, "query": {**piece["query"], "file": str(path)}} for piece in row["pieces"]]
    return {**row, "pieces": pieces}
