"""Files a person names, whatever medium they are of: kept as a unit, or asked which unit they show.

A folder is a strip's slices in reading order. A film is fingerprinted twice: its pictures and its sound, since a copy
may keep one and change the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.works import aligned, fingerprint, patches, unit
from marque.works.catalogue import Catalogue
from marque.works.entries import COVER, STRIP, Unit, Work
from marque.works.match import match
from marque.works.mediums import LEAST_ROWS, MEDIUMS, SILENT, Medium, asked, cut
from marque.works.model import FINGERPRINTS
from marque.works.recognise import HEAD, medium_of
from marque.works.unit import name_of


def medium_at(path: Path) -> str:
    """The medium of a file or folder; what is none that marque knows is left to the reader of pictures to name."""
    try:
        if not path.is_file():
            return STRIP
        with path.open("rb") as stream:
            return medium_of(stream.read(HEAD)) or STRIP
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=name_of(path)) from reason


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
    names = [edition or (COVER if len(wanted) == 1 else f"{COVER} {Path(name_of(path)).stem}") for path in wanted]
    medium = MEDIUMS[COVER]()
    for path, name in zip(wanted, names, strict=True):  # all of them, before the first is kept
        if names.count(name) > 1:
            raise WrongUsage("works.cover-double", unit=f"{named.work} {name}")
        if medium.fingerprint(path, name_of(path)).num_rows < LEAST_ROWS:
            raise InputRefused("works.cover-empty", file=name_of(path))
    return [catalogue.add_file(medium, named, name, language, path) for name, path in zip(names, wanted, strict=True)]


def _asked(name: str) -> list[Medium]:
    return [MEDIUMS[each]() for each in asked(name)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a path shows, as rows of MATCHES, and what of it could not be read.

    Where nothing of it was `looked_at`, no rows say nothing: not that nothing is there.
    """

    rows: list[dict[str, Any]]
    problems: list[MarqueError]
    looked_at: bool


def shown(path: Path, catalogue: Catalogue) -> Shown:
    """What a file, or a folder of slices, shows. What is raised is a fault of the catalogue; a path's is returned."""
    try:
        name, wanted = medium_at(path), list(unit.files([path]))
    except (InputRefused, WrongUsage) as reason:
        return Shown([], [reason], looked_at=False)
    if not wanted:
        return Shown([], [InputRefused("works.no-files", unit=name_of(path))], looked_at=False)
    return _pictures(path, wanted, catalogue) if name == STRIP else _heard(name, path, catalogue)


def _heard(name: str, path: Path, catalogue: Catalogue) -> Shown:
    """A film, sound or text in each medium it has; that a film is silent is no problem once it was looked at."""
    seen = Shown([], [], looked_at=False)
    for medium in _asked(name):
        try:
            query = medium.fingerprint(path, name_of(path))
        except InputRefused as reason:
            problems = [] if seen.looked_at and reason.code in SILENT else [reason]
            seen = replace(seen, problems=[*seen.problems, *problems])
            continue
        part = cut(medium, query)
        problems = [InputRefused(part, file=name_of(path))] if part else []
        rows = [_named(row, path) for row in aligned.found(query, medium, aligned.load(medium, catalogue))]
        seen = Shown([*seen.rows, *rows], [*seen.problems, *problems], looked_at=True)
    return seen


def _pictures(path: Path, wanted: Sequence[Path], catalogue: Catalogue) -> Shown:
    try:
        strip, problems = unit.read_strip(path)
    except InputRefused as reason:
        return Shown([], [reason], looked_at=False)
    table = FINGERPRINTS.empty_table()
    if strip.segments:
        table = fingerprint.table(strip, patches.find(strip), name_of(path), None, None, column="file")
    rows = [*match(table, catalogue).to_pylist(), *_covers(path, wanted, catalogue)]
    return Shown(rows, list(problems), looked_at=len(problems) < len(wanted))


def _covers(path: Path, wanted: Sequence[Path], catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """What covers a picture shows, or the pictures of a folder that are no larger than covers on a page."""
    if COVER not in catalogue.media():
        return
    medium = MEDIUMS[COVER]()
    shelf = aligned.load(medium, catalogue)
    for file in wanted:
        try:
            small = path.is_dir()
            query = (
                medium.of_bytes(unit.read(file), name_of(file)) if small else medium.fingerprint(file, name_of(file))
            )
        except InputRefused:  # named where it was read as a strip
            continue
        yield from (_named(row, file) for row in aligned.found(query, medium, shelf))


def _named(row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    pieces = [{**piece, "query": {**piece["query"], "file": name_of(path)}} for piece in row["pieces"]]
    return {**row, "pieces": pieces}
