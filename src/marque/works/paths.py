"""Files a person names, whatever medium they are of: kept as a unit, or asked which unit they show.

A folder is a strip's slices in reading order. A film is fingerprinted twice: its pictures and its sound, since a copy
may keep one and change the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from marque.errors import InputRefused, WrongUsage
from marque.works import aligned, fingerprint, patches, unit
from marque.works.catalogue import Catalogue
from marque.works.entries import COVER, STRIP, Unit, Work
from marque.works.match import match
from marque.works.mediums import LEAST_ROWS, MEDIUMS, SILENT, Medium, asked, cut
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
    catalogue: Catalogue,
    named: Work,
    unit_id: str,
    language: str,
    files: Sequence[Path],
    *,
    thumbnails: bool,
    right_to_left: bool = False,
) -> list[Unit]:
    """Keep the fingerprints of one unit: pictures in reading order, or one film, sound or text."""
    media = {medium_at(path) for path in files}
    if media <= {STRIP}:
        given = named.titles, named.holder, files, thumbnails
        return [catalogue.add(named.work, unit_id, language, *given, right_to_left=right_to_left)]
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


def add_covers(
    catalogue: Catalogue, named: Work, edition: str | None, language: str, files: Sequence[Path]
) -> list[Unit]:
    """Keep a work's covers, each picture one. Of several, each is called by its file; one alone is called `cover`."""
    wanted = list(unit.files(files))
    if not wanted:
        raise InputRefused("works.no-files", unit=named.work)
    if edition and len(wanted) > 1:
        raise WrongUsage("works.one-cover", unit=f"{named.work} {edition}")
    names = [edition or (COVER if len(wanted) == 1 else f"{COVER} {path.stem}") for path in wanted]
    medium = MEDIUMS[COVER]()
    for path, name in zip(wanted, names, strict=True):  # all of them, before the first is kept
        if names.count(name) > 1:
            raise WrongUsage("works.cover-double", unit=f"{named.work} {name}")
        if medium.fingerprint(path, str(path)).num_rows < LEAST_ROWS:
            raise InputRefused("works.cover-empty", file=str(path))
    return [catalogue.add_file(medium, named, name, language, path) for name, path in zip(names, wanted, strict=True)]


def _asked(name: str) -> list[Medium]:
    return [MEDIUMS[each]() for each in asked(name)]


def shown(path: Path, catalogue: Catalogue) -> tuple[list[dict[str, Any]], list[InputRefused]]:
    """What a file, or a folder of slices, shows: rows of MATCHES; and what of it could not be read."""
    name = medium_at(path)
    if name == STRIP:
        seen, refused = _pictures(path, catalogue)
        return [*seen, *_covers(path, catalogue)], refused
    rows: list[dict[str, Any]] = []
    problems: list[InputRefused] = []
    for medium in _asked(name):
        try:
            query = medium.fingerprint(path, str(path))
        except InputRefused as reason:
            problems += [] if rows and reason.code in SILENT else [reason]
            continue
        part = cut(medium, query)
        problems += [InputRefused(part, file=str(path))] if part else []
        rows += [_named(row, path) for row in aligned.found(query, medium, aligned.load(medium, catalogue))]
    return rows, problems


def _pictures(path: Path, catalogue: Catalogue) -> tuple[list[dict[str, Any]], list[InputRefused]]:
    strip, problems = unit.read_strip(path)
    table = FINGERPRINTS.empty_table()
    if strip.segments:
        table = fingerprint.table(strip, patches.find(strip), str(path), None, None, column="file")
    return match(table, catalogue).to_pylist(), problems


def _covers(path: Path, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """What covers a picture shows, or the pictures of a folder that are no larger than covers on a page."""
    if COVER not in catalogue.media():
        return
    medium = MEDIUMS[COVER]()
    shelf = aligned.load(medium, catalogue)
    for file in unit.files([path]):
        try:
            small = path.is_dir()
            query = medium.of_bytes(unit.read(file), str(file)) if small else medium.fingerprint(file, str(file))
        except InputRefused:  # named where it was read as a strip
            continue
        yield from (_named(row, file) for row in aligned.found(query, medium, shelf))


def _named(row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    pieces = [{**piece, "query": {**piece["query"], "file": str(path)}} for piece in row["pieces"]]
    return {**row, "pieces": pieces}
