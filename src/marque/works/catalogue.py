"""A catalogue: a folder with fingerprints of works, never the works.

    catalogue.json              what this folder is, and its version
    works/<key>.json            id, titles by language, holder
    units/<key>.json            work, unit, language, panel outlines, names of thumbnails, digest of the patches
    units/<key>-<digest>.parquet  the unit's patches
    rights.parquet              who may show what where
    thumbnails/<sha256>.png     with the holder's consent only
    index/<digest>.idx          made from the units; can be deleted and loses nothing

Each file is written beside its place and renamed, the unit's JSON last, so that a reader sees whole units only.
"""

import fcntl
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, WrongUsage
from marque.evidence import tables
from marque.works import unit as units_of
from marque.works.model import FINGERPRINT_VERSION, RIGHTS, UNIT_PATCHES, VOTES_VERSION
from marque.works.storage import read_json, write_bytes
from marque.works.strip import Rectangle

FORMAT, VERSION = "marque-catalogue", 1
_ID_LENGTH = 200
_THUMBNAIL = re.compile(r"[0-9a-f]{64}\.png")


@dataclass(frozen=True, slots=True)
class Work:
    """A work and what it is called."""

    work: str
    titles: Mapping[str, str]
    holder: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A panel of a unit: its number in reading order, its place in strip units, its thumbnail where one is kept."""

    panel: int
    place: Rectangle
    thumbnail: Path | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a work in one language. `digest` is that of its patches' file, `height` in strip units."""

    work: str
    unit: str
    language: str
    height: int
    digest: str
    panels: tuple[Outline, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.work, self.unit, self.language


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
        if not (folder / "catalogue.json").is_file():
            raise WrongUsage("works.catalogue-missing", path=str(folder))
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
    ) -> Unit:
        """Fingerprint one unit and keep it; the same unit again replaces it. The pictures themselves are not kept."""
        for name in (work, unit, language or "-"):
            _check_id(name)
        found = units_of.fingerprint(images, f"{work} {unit}", thumbnails=thumbnails)
        digest = sha256(canonical_json(_patch_rows(found.patches)))
        with self.writing():
            self._refuse_double(work, unit, digest)
            self._keep_work(work, titles or {}, holder)
            return self._keep_unit((work, unit, language), found, digest)

    def works(self) -> dict[str, Work]:
        """All works by id."""
        found = [_work(read_json(path)) for path in sorted((self.folder / "works").glob("*.json"))]
        return {work.work: work for work in sorted(found, key=lambda work: work.work)}

    def units(self) -> list[Unit]:
        """All units, by work, unit and language."""
        found = [self._unit(path) for path in (self.folder / "units").glob("*.json")]
        return sorted(found, key=lambda unit: unit.key)

    def panels(self, work: str, unit: str, language: str = "") -> tuple[Outline, ...]:
        """Panel outlines of one unit in reading order. Raises WrongUsage where the catalogue has no such unit."""
        path = self.folder / "units" / f"{_key(work, unit, language)}.json"
        if not path.is_file():
            raise WrongUsage("works.unit-missing", work=work, unit=unit, language=language)
        return self._unit(path).panels

    def patches(self, unit: Unit) -> pa.Table:
        """The patches of a unit (UNIT_PATCHES)."""
        return tables.read(self.folder / "units" / f"{_key(*unit.key)}-{unit.digest}.parquet", UNIT_PATCHES)

    def rights(self) -> pa.Table:
        """The table of rights facts, empty where none were imported."""
        path = self.folder / "rights.parquet"
        return tables.read(path, RIGHTS) if path.exists() else RIGHTS.empty_table()

    def replace_rights(self, rights: pa.Table) -> None:
        """Put a new table of rights facts in the place of the old one."""
        with self.writing():
            tables.write(self.folder / "rights.parquet", rights)

    @property
    def codes_digest(self) -> str:
        """Digest of all that the index is made of."""
        units = [[*unit.key, unit.digest, unit.height, _places(unit)] for unit in self.units()]
        return sha256(canonical_json([VOTES_VERSION, units]))

    @property
    def digest(self) -> str:
        """Digest of all that a match can depend on: units, works and rights."""
        works = [[work.work, dict(work.titles), work.holder] for work in self.works().values()]
        rights = [[None if v is None else str(v) for v in row.values()] for row in self.rights().to_pylist()]
        return sha256(canonical_json([FORMAT, VERSION, self.codes_digest, works, rights]))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; a second writer waits."""
        with (self.folder / "lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield

    def _keep_work(self, work: str, titles: Mapping[str, str], holder: str | None) -> None:
        path = self.folder / "works" / f"{_key(work)}.json"
        known = _work(read_json(path)) if path.exists() else Work(work, {}, None)
        new = replace(known, titles={**known.titles, **titles}, holder=holder or known.holder)
        body = {"work": work, "titles": dict(sorted(new.titles.items())), "holder": new.holder}
        write_bytes(path, canonical_json(body))

    def _refuse_double(self, work: str, unit: str, digest: str) -> None:
        """The same pictures as two units of one work are a slip of the folder: neither could be told from the other."""
        for path in sorted((self.folder / "units").glob(f"*-{digest}.parquet")):
            head = path.with_name(f"{path.name.partition('-')[0]}.json")
            kept = self._unit(head) if head.exists() else None
            if kept is not None and (kept.digest, kept.work) == (digest, work) and kept.unit != unit:
                raise InputRefused("works.unit-double", unit=f"{work} {unit}", kept=f"{kept.work} {kept.unit}")

    def _keep_unit(self, key: tuple[str, str, str], found: units_of.Fingerprint, digest: str) -> Unit:
        stem, folder = _key(*key), self.folder / "units"
        tables.write(folder / f"{stem}-{digest}.parquet", found.patches, sort=False)
        names = [units_of.thumbnail_name(data) for data in found.thumbnails]
        for name, data in zip(names, found.thumbnails, strict=True):
            write_bytes(self.folder / "thumbnails" / name, data)
        outlines = [[p.place.x, p.place.y, p.place.w, p.place.h] for p in found.panels]
        body = {"work": key[0], "unit": key[1], "language": key[2], "height": found.height, "digest": digest}
        write_bytes(folder / f"{stem}.json", canonical_json({**body, "panels": outlines, "thumbnails": names}))
        for old in folder.glob(f"{stem}-*.parquet"):
            if old.name != f"{stem}-{digest}.parquet":
                old.unlink()
        return self._unit(folder / f"{stem}.json")

    def _unit(self, path: Path) -> Unit:
        body = read_json(path)
        try:
            names = body["thumbnails"] or [None] * len(body["panels"])
            outlines = tuple(
                Outline(number, Rectangle(*map(int, place)), self._thumbnail(name))
                for number, (place, name) in enumerate(zip(body["panels"], names, strict=True))
            )
            return Unit(body["work"], body["unit"], body["language"], body["height"], body["digest"], outlines)
        except (KeyError, TypeError, ValueError) as reason:
            raise InputRefused("works.catalogue-damaged", path=str(path)) from reason

    def _thumbnail(self, name: str | None) -> Path | None:
        if name is not None and not _THUMBNAIL.fullmatch(name):
            raise ValueError(name)
        return self.folder / "thumbnails" / name if name else None


def _work(body: dict[str, Any]) -> Work:
    return Work(str(body.get("work")), dict(body.get("titles", {})), body.get("holder"))


def _places(unit: Unit) -> list[list[int]]:
    return [[outline.place.x, outline.place.y, outline.place.w, outline.place.h] for outline in unit.panels]


def _key(*names: str) -> str:
    return sha256(canonical_json(list(names)))[:32]


def _check_id(name: str) -> None:
    if not name or len(name) > _ID_LENGTH or not name.isprintable():
        raise WrongUsage("works.bad-id", name=json.dumps(name[:_ID_LENGTH]))


def _patch_rows(patches: pa.Table) -> list[list[str]]:
    """Patches as text: places to a sixteenth of a unit, so that the digest does not hang on how floats print."""
    columns = [[str(round(v * 16)) for v in patches[name].to_pylist()] for name in ("x", "y", "size", "angle")]
    codes = [code.hex() for code in patches["code"].to_pylist()]
    return [list(row) for row in zip(*columns, codes, strict=True)]
