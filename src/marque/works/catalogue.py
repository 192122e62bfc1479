"""A catalogue: a folder with fingerprints of works, never the works.

    catalogue.json              what this folder is, and its version
    works/<key>.json            id, titles by language, holder
    units/<key>.json            work, unit, language, medium, panel outlines, thumbnails, digest of the fingerprint
    units/<key>-<digest>.parquet  the unit's fingerprint: a strip's patches, or the table of its medium
    rights.parquet              who may show what where
    rights-origins.json         who said which of these rows
    thumbnails/<sha256>.png     with the holder's consent only
    partners/<key>.json         a partner's key, and the works it brought
    index/                      made from the units; can be deleted and loses nothing

Each file is written beside its place and renamed, the unit's JSON last, so that a reader sees whole units only.
"""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, MarqueError, StoreFailure, WrongUsage
from marque.evidence import tables
from marque.works import mediums, packed
from marque.works import unit as units_of
from marque.works.entries import STRIP, Outline, Unit, Work, check_id, stem, unit_of, work_of
from marque.works.model import FINGERPRINT_VERSION, RIGHTS, UNIT_PATCHES, VOTES_VERSION
from marque.works.storage import read_json, write_bytes

FORMAT, VERSION = "marque-catalogue", 1
_DIGEST = b"marque.digest"  # of the rights facts, in their table's own metadata


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Raises StoreFailure where the disk refuses what is written of a catalogue below; what was kept before stands."""
    try:
        yield
    except OSError as reason:
        if reason.filename and not Path(str(reason.filename)).is_relative_to(folder):
            raise
        why = reason.strerror or type(reason).__name__
        raise StoreFailure("works.catalogue-unwritable", path=units_of.name_of(folder), reason=why) from reason


class Catalogue:
    """An opened catalogue folder: any number of readers, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, folder: Path) -> "Catalogue":
        """Open the catalogue at `folder`, making an empty one where nothing is."""
        if not (folder / "catalogue.json").exists():
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise WrongUsage("works.catalogue-foreign", path=str(folder))
            for name in ("works", "units", "thumbnails", "index"):
                (folder / name).mkdir(parents=True, exist_ok=True)
            head = {"format": FORMAT, "version": VERSION, "fingerprint": FINGERPRINT_VERSION}
            write_bytes(folder / "catalogue.json", canonical_json(head))
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Catalogue":
        """Open an existing catalogue. Raises WrongUsage where there is none, InputRefused for a foreign version."""
        try:
            if not (folder / "catalogue.json").is_file():
                raise WrongUsage("works.catalogue-missing", path=str(folder))
        except OSError as reason:
            raise InputRefused("works.file-unreadable", file=units_of.name_of(folder)) from reason
        head = read_json(folder / "catalogue.json")
        if head.get("format") != FORMAT:
            raise InputRefused("works.catalogue-damaged", path=str(folder / "catalogue.json"))
        found = (head.get("version"), head.get("fingerprint"))
        if found != (VERSION, FINGERPRINT_VERSION):
            raise InputRefused("works.catalogue-version", path=str(folder), found=f"{found[0]}/{found[1]}")
        return cls(folder)

    def add(
        self,
        work: str,
        unit: str,
        language: str = "",
        titles: Mapping[str, str] | None = None,
        holder: str | None = None,
        images: Sequence[Path] = (),
        thumbnails: bool = False,
        *,
        right_to_left: bool = False,
    ) -> Unit:
        """Fingerprint one unit and keep it; the same unit again replaces it. The pictures themselves are not kept."""
        _check(work, unit, language)
        found = units_of.fingerprint(images, f"{work} {unit}", thumbnails=thumbnails, right_to_left=right_to_left)
        digest = strip_digest(found.patches)
        names = [self.folder / "thumbnails" / units_of.thumbnail_name(data) for data in found.thumbnails]
        outlines = tuple(
            Outline(panel.number, panel.place, names[panel.number] if names else None) for panel in found.panels
        )
        kept = Unit(work, unit, language, found.height, digest, outlines, right_to_left=right_to_left)
        with self.writing():
            self._refuse_double(kept)
            self.keep_work(Work(work, titles or {}, holder))
            self.keep_unit(kept, found.patches, found.thumbnails)
        return kept

    def add_file(self, medium: mediums.Medium, named: Work, unit: str, language: str, file: Path) -> Unit:
        """Fingerprint one film, sound or text and keep it; the same unit again replaces it. The file is not kept."""
        _check(named.work, unit, language)
        table = medium.fingerprint(file, str(file))
        part = mediums.cut(medium, table)
        if part:  # a unit that is known in part would be called found by a smaller part still
            raise InputRefused(part, file=str(file))
        if table.num_rows < mediums.LEAST_ROWS:
            raise InputRefused("works.unit-empty", unit=f"{named.work} {unit}")
        kept = Unit(named.work, unit, language, 0, packed.digest(table), (), medium.name, medium.version)
        with self.writing():
            self._refuse_double(kept)
            self.keep_work(named)
            self.keep_unit(kept, table)
        return kept

    def remove(self, work: str, unit: str | None = None, language: str | None = None) -> list[Unit]:
        """Remove a work's units, or those of one name or language; with its last unit the work itself goes.

        Returns what was removed. Rights facts stay. Raises WrongUsage where nothing is named so.
        """
        with self.writing():
            kept = self.units(None)
            gone = [each for each in kept if each.work == work and unit in (None, each.unit)]
            gone = [each for each in gone if language in (None, each.language)]
            if not gone and (work not in self.works() or (unit, language) != (None, None)):
                raise WrongUsage("works.remove-missing", work=work, path=units_of.name_of(self.folder))
            rest = [each for each in kept if each not in gone]
            for each in gone:  # the description first: a reader sees whole units only
                (self.folder / "units" / f"{each.stem}.json").unlink()
                self._place(each).unlink(missing_ok=True)
            for thumbnail in _thumbnails(gone) - _thumbnails(rest):
                thumbnail.unlink(missing_ok=True)
            if all(each.work != work for each in rest):
                (self.folder / "works" / f"{stem(work)}.json").unlink(missing_ok=True)
        return gone

    def works(self) -> dict[str, Work]:
        """All works by id."""
        found = [_read_work(path) for path in _listed(self.folder / "works")]
        return {work.work: work for work in sorted(found, key=lambda work: work.work)}

    def units(self, medium: str | None = STRIP) -> list[Unit]:
        """The units of one medium, or all, by work, unit, language and medium."""
        found = (self._unit(path) for path in _listed(self.folder / "units"))
        return sorted(
            (unit for unit in found if medium in (None, unit.medium)), key=lambda unit: (*unit.key, unit.medium)
        )

    def media(self) -> tuple[str, ...]:
        """The media that some unit is of, strips aside."""
        return tuple(sorted({unit.medium for unit in self.units(None)} - {STRIP}))

    def panels(self, work: str, unit: str, language: str = "") -> tuple[Outline, ...]:
        """Panel outlines of one unit in reading order. Raises WrongUsage where the catalogue has no such unit."""
        path = self.folder / "units" / f"{stem(work, unit, language)}.json"
        if not path.is_file():
            raise WrongUsage("works.unit-missing", work=work, unit=unit, language=language)
        return self._unit(path).panels

    def patches(self, unit: Unit) -> pa.Table:
        """The patches of a strip's unit (UNIT_PATCHES). Raises InputRefused where they are gone or cannot be read."""
        try:
            return tables.read(self._place(unit), UNIT_PATCHES).cast(UNIT_PATCHES)
        except (MarqueError, ValueError, pa.ArrowException) as reason:
            raise InputRefused("works.unit-unreadable", unit=f"{unit.work} {unit.unit}") from reason

    def table(self, unit: Unit) -> pa.Table:
        """A unit's fingerprint, in the table of its medium. Raises InputRefused for one of another version."""
        if unit.medium == STRIP:
            return self.patches(unit)
        medium = mediums.MEDIUMS[unit.medium]()
        if unit.version != medium.version:
            raise InputRefused("works.unit-version", unit=f"{unit.work} {unit.unit}", found=unit.version)
        return tables.read(self._place(unit), medium.table)

    def _place(self, unit: Unit) -> Path:
        return self.folder / "units" / f"{unit.stem}-{unit.digest}.parquet"

    def rights(self) -> pa.Table:
        """The table of rights facts, empty where none were imported."""
        path = self.folder / "rights.parquet"
        return _sound_rights(path) if path.exists() else RIGHTS.empty_table()

    def replace_rights(self, rights: pa.Table) -> None:
        """Put a new table of rights facts in the place of the old one."""
        with self.writing():
            self.keep_rights(rights)

    def keep_rights(self, rights: pa.Table) -> None:
        """The same for a caller who holds the lock."""
        ordered = tables.ordered(rights)
        metadata = {**RIGHTS.metadata, _DIGEST: _rights_digest(ordered).encode()}
        tables.write(self.folder / "rights.parquet", ordered.replace_schema_metadata(metadata), sort=False)

    @property
    def codes_digest(self) -> str:
        """Digest of all that the index is made of."""
        units = [[*unit.key, unit.digest, unit.height, _places(unit)] for unit in self.units()]
        return sha256(canonical_json([VOTES_VERSION, units]))

    @property
    def digest(self) -> str:
        """Digest of all that a match can depend on: units, works and rights."""
        works = [[work.work, dict(work.titles), work.holder] for work in self.works().values()]
        parts = [FORMAT, VERSION, self.codes_digest, works, _rights_rows(self.rights())]
        others = [[*unit.key, unit.medium, unit.version, unit.digest] for unit in self.units(None)]
        others = [unit for unit in others if unit[3] != STRIP]
        return sha256(canonical_json([*parts, others] if others else parts))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; a second writer waits."""
        with (self.folder / "lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield

    def keep_work(self, work: Work) -> None:
        """Keep what a work is called, beside what was known of it. The caller holds the lock."""
        path = self.folder / "works" / f"{stem(work.work)}.json"
        known = _read_work(path) if path.exists() else Work(work.work, {}, None)
        new = replace(known, titles={**known.titles, **work.titles}, holder=work.holder or known.holder)
        write_bytes(path, canonical_json(new.body()))

    def _refuse_double(self, new: Unit) -> None:
        """The same pictures as two units of one work are a slip of the folder: neither could be told from the other."""
        for path in sorted((self.folder / "units").glob(f"*-{new.digest}.parquet")):
            head = path.with_name(f"{path.name.partition('-')[0]}.json")
            kept = self._unit(head) if head.exists() else None
            if kept is not None and (kept.digest, kept.work) == (new.digest, new.work) and kept.unit != new.unit:
                raise InputRefused("works.unit-double", unit=f"{new.work} {new.unit}", kept=f"{kept.work} {kept.unit}")

    def keep_unit(self, unit: Unit, table: pa.Table, thumbnails: Sequence[bytes] = ()) -> None:
        """Keep a unit's fingerprint and thumbnails, its description last. The caller holds the lock."""
        tables.write(self._place(unit), table, sort=False)
        for data in thumbnails:
            write_bytes(self.folder / "thumbnails" / units_of.thumbnail_name(data), data)
        write_bytes(self.folder / "units" / f"{unit.stem}.json", canonical_json(unit.body()))
        for old in (self.folder / "units").glob(f"{unit.stem}-*.parquet"):
            if old != self._place(unit):
                old.unlink()

    def _unit(self, path: Path) -> Unit:
        return unit_of(read_json(path), str(path), self.folder / "thumbnails")


def _check(work: str, unit: str, language: str) -> None:
    for name in (work, unit, language or "-"):
        check_id(name)


def _rights_rows(rights: pa.Table) -> list[list[str | None]]:
    return [[None if v is None else str(v) for v in row.values()] for row in rights.to_pylist()]


def _rights_digest(rights: pa.Table) -> str:
    return sha256(canonical_json(_rights_rows(rights)))


def _sound_rights(path: Path) -> pa.Table:
    """Rights facts as they were kept: one changed letter could license a site, or a work, that nobody licensed."""
    try:
        read = tables.read(path, RIGHTS)
        table = read.cast(RIGHTS)
        found = _rights_digest(table).encode()
    except (ValueError, LookupError, TypeError, pa.ArrowException) as reason:
        raise InputRefused("evidence.table-unreadable", path=str(path)) from reason
    if read.schema.metadata.get(_DIGEST, found) != found:  # none in tables of earlier versions
        raise InputRefused("works.catalogue-damaged", path=str(path))
    return table


def _thumbnails(units: Sequence[Unit]) -> set[Path]:
    return {outline.thumbnail for unit in units for outline in unit.panels if outline.thumbnail is not None}


def _listed(folder: Path) -> list[Path]:
    """The descriptions in a folder. One that is gone or shut is a fault: it does not mean that there are none."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError as reason:
        raise InputRefused("works.catalogue-damaged", path=str(folder)) from reason


def _read_work(path: Path) -> Work:
    return work_of(read_json(path), str(path))


def _places(unit: Unit) -> list[list[int]]:
    return [[outline.place.x, outline.place.y, outline.place.w, outline.place.h] for outline in unit.panels]


def strip_digest(patches: pa.Table) -> str:
    """Digest of patches, places to a sixteenth of a unit, so that it does not hang on how floats print."""
    columns = [[str(round(v * 16)) for v in patches[name].to_pylist()] for name in ("x", "y", "size", "angle")]
    codes = [code.hex() for code in patches["code"].to_pylist()]
    return sha256(canonical_json([list(row) for row in zip(*columns, codes, strict=True)]))
