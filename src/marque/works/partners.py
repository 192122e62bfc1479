"""A catalogue for a partner, and a partner's catalogue for us: fingerprints in a signed parcel, never the works.

What a partner sends is a stranger's file. It is read in one plain form (packed.py), checked against the same rules as
our own files, and enters whole or not at all. The first file of a key enters only where the receiver names that key,
learnt by another way; the catalogue then remembers it. A key may say something of the works it brought first, and of
no others: nobody replaces what another holder, or this office, has registered. The signature says which key vouched for
the fingerprints; it does not say that the key's owner holds the rights.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from Crypto.PublicKey import ECC

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, WrongUsage
from marque.evidence import parcel, signing
from marque.signals.pictures.decoding.decoder import Decoder
from marque.works import mediums, packed, rights
from marque.works.catalogue import Catalogue, strip_digest
from marque.works.entries import STRIP, Unit, Work, check_titles, unit_of, work_of
from marque.works.model import FINGERPRINT_VERSION, RIGHTS, UNIT_PATCHES
from marque.works.panels import THUMBNAIL
from marque.works.storage import read_json, write_bytes
from marque.works.strip import WIDTH

KIND, FORMAT = "catalogue", 1
_LARGEST_THUMBNAIL = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a parcel brought, and whose key vouched for it."""

    key: str
    works: int
    units: int
    thumbnails: int


def export(
    catalogue: Catalogue, path: Path, key: ECC.EccKey, *, works: Iterable[str] = (), thumbnails: bool = False
) -> int:
    """Write the fingerprints of some works (all, where none is named) as a parcel; how many units that were."""
    known = catalogue.works()
    chosen = set(works) or set(known)
    unknown = chosen - set(known)
    if unknown:
        raise WrongUsage("works.work-missing", work=min(unknown))
    units = [unit for unit in catalogue.units(None) if unit.work in chosen]
    body = {
        "format": FORMAT,
        "fingerprint": FINGERPRINT_VERSION,
        "works": [known[name].body() for name in sorted(chosen)],
        "units": [unit.body() if thumbnails else {**unit.body(), "thumbnails": []} for unit in units],
        "rights": [_rights_row(row) for row in catalogue.rights().to_pylist() if row["work"] in chosen],
    }
    parcel.write(path, KIND, body, _members(catalogue, units, thumbnails=thumbnails), key)
    return len(units)


def _members(catalogue: Catalogue, units: list[Unit], *, thumbnails: bool) -> Iterator[tuple[str, bytes]]:
    for unit in units:
        yield unit.stem, packed.pack(catalogue.table(unit))
    shown = {o.thumbnail for unit in units for o in unit.panels if thumbnails and o.thumbnail}
    for file in sorted(shown):
        yield file.name, file.read_bytes()


def _rights_row(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if row[name] is None else str(row[name]) for name in RIGHTS.names}


def bring_in(catalogue: Catalogue, path: Path, trust: str | Literal[True] | None = None) -> Imported:
    """Take in a partner's parcel. Raises InputRefused, with the catalogue untouched, on any fault.

    `trust` is the signer's key or its fingerprint, or a file of such; None leaves it to the keys that brought something
    before, True to a caller who has made sure whose the parcel is.
    """
    found = parcel.read(path, KIND)
    if trust is not True:
        _trust(catalogue, found, None if trust is None else _named(trust))
    body, where = found.body, str(path)
    if set(body) != {"format", "fingerprint", "works", "units", "rights"}:
        raise InputRefused("evidence.parcel-damaged", path=where)
    if (body["format"], body["fingerprint"]) != (FORMAT, FINGERPRINT_VERSION):
        raise InputRefused("works.catalogue-version", path=where, found=f"{body['format']}/{body['fingerprint']}")
    works = [work_of(_object(item, where), where) for item in _list(body["works"], where)]
    for work in works:
        check_titles(work, where)
    units = [
        unit_of(_object(item, where), where, catalogue.folder / "thumbnails") for item in _list(body["units"], where)
    ]
    named = {work.work for work in works}
    said = _rights(_list(body["rights"], where), named, where)
    _consistent(found, named, works, units)
    pictures = _thumbnails(found, units)
    for unit in units:  # every table is looked at before the first one is kept
        _table(found, unit)
    with catalogue.writing():
        _allowed(catalogue, found.key, named)
        if said:  # a parcel that says nothing of rights withdraws none
            rights.keep(catalogue, said, _partner(found.key), named)
        for work in works:
            catalogue.keep_work(work)
        for unit in units:
            shown = [pictures[o.thumbnail.name] for o in unit.panels if o.thumbnail]
            catalogue.keep_unit(unit, _table(found, unit), shown)
    return Imported(found.key, len(works), len(units), len(pictures))


def _named(trust: str) -> frozenset[str]:
    """Fingerprints of the keys that a person names, outright or in a file. Raises WrongUsage where it is neither."""
    try:
        return frozenset({signing.trusted(trust)})
    except ValueError as reason:
        if Path(trust).is_file():
            return signing.read_trust(Path(trust))
        raise WrongUsage("works.import-trust-unreadable", trust=trust) from reason


def _trust(catalogue: Catalogue, found: parcel.Parcel, named: frozenset[str] | None) -> None:
    """Refuse a parcel by another key than those named or, where none is named, by one that has brought nothing yet."""
    key, where = signing.fingerprint(found.key), str(found.path)
    if named is not None and key not in named:
        raise InputRefused("works.import-other-key", path=where, key=key)
    if named is None and not _register(catalogue, found.key).exists():
        raise InputRefused("works.import-unknown-key", path=where, key=key)


def _allowed(catalogue: Catalogue, key: str, works: set[str]) -> None:
    """Note that these works are the key's; refuse where one of them is somebody else's."""
    path = _register(catalogue, key)
    own = set(read_json(path)["works"]) if path.exists() else set()
    taken = sorted((works - own) & set(catalogue.works()))
    if taken:
        raise InputRefused("works.import-not-theirs", work=taken[0])
    path.parent.mkdir(exist_ok=True)
    write_bytes(path, canonical_json({"key": key, "works": sorted(own | works)}))


def _partner(key: str) -> str:
    """What a key is called among a catalogue's files."""
    return sha256(key.encode())[:32]


def _register(catalogue: Catalogue, key: str) -> Path:
    """Where a catalogue keeps what a key brought: that the file is there says that the key was trusted."""
    return catalogue.folder / rights.PARTNERS / f"{_partner(key)}.json"


def _consistent(found: parcel.Parcel, named: set[str], works: list[Work], units: list[Unit]) -> None:
    """Each work and unit once, each unit's work among the works, and no member that nothing names."""
    stems = [unit.stem for unit in units]
    shown = {o.thumbnail.name for unit in units for o in unit.panels if o.thumbnail}
    sound = len(named) == len(works) and len(set(stems)) == len(stems) and {unit.work for unit in units} <= named
    if not sound or {*stems, *shown} != set(found.members):
        raise InputRefused("evidence.parcel-damaged", path=str(found.path))


def _table(found: parcel.Parcel, unit: Unit) -> pa.Table:
    """A unit's fingerprint. Raises InputRefused unless it is what the description says, at places a strip can have."""
    where = str(found.path)
    data = found.read(unit.stem)
    if unit.medium != STRIP:
        medium = mediums.MEDIUMS[unit.medium]()
        table = packed.unpack(data, medium.table, where)
        sound = unit.version == medium.version and table.num_rows > 0 and packed.digest(table) == unit.digest
    else:
        table = packed.unpack(data, UNIT_PATCHES, where)
        sound = (
            bool(table.num_rows and unit.panels) and _on_the_strip(table, unit) and strip_digest(table) == unit.digest
        )
    if not sound:
        raise InputRefused("works.table-misshapen", file=where)
    return table


def _on_the_strip(table: pa.Table, unit: Unit) -> bool:
    panel, x, y, size, angle = (table[name].to_numpy() for name in ("panel", "x", "y", "size", "angle"))
    inside = (x >= 0) & (x <= WIDTH) & (y >= 0) & (y <= unit.height) & (size > 0) & (size <= WIDTH)
    turned = (angle >= -360) & (angle <= 720)
    return bool(np.all(inside & turned & (panel >= 0) & (panel < len(unit.panels))))


def _thumbnails(found: parcel.Parcel, units: list[Unit]) -> dict[str, bytes]:
    """The small pictures a parcel brings, each decoded apart once: what is no picture is never kept."""
    where = str(found.path)
    names = sorted({o.thumbnail.name for unit in units for o in unit.panels if o.thumbnail})
    pictures: dict[str, bytes] = {}
    if not names:
        return pictures
    with Decoder() as decoder:
        for name in names:
            data = found.read(name)
            small = len(data) <= _LARGEST_THUMBNAIL and data.startswith(_PNG) and f"{sha256(data)}.png" == name
            if not small or max(decoder.size(data, where)) > THUMBNAIL:
                raise InputRefused("works.thumbnail-refused", file=where)
            decoder.decode(data, where, THUMBNAIL)
            pictures[name] = data
    return pictures


def _rights(rows: list[Any], named: set[str], where: str) -> list[dict[str, object]]:
    return [_right(_object(row, where), named, where, number) for number, row in enumerate(rows, 1)]


def _right(row: dict[str, Any], named: set[str], where: str, number: int) -> dict[str, object]:
    cells = [row.get(name) for name in RIGHTS.names]
    plain = all(isinstance(cell, str) and len(cell) <= rights.MAX_CELL and cell.isprintable() for cell in cells)
    plain = plain and all(row[name] for name in rights.NEEDED)
    if not plain or set(row) != set(RIGHTS.names) or row["work"] not in named:
        raise InputRefused("evidence.parcel-damaged", path=where)
    try:
        days = {name: rights.day_of(row[name]) for name in ("from", "to")}
    except ValueError as reason:
        raise InputRefused("evidence.parcel-damaged", path=where) from reason
    return {**row, "outlet": rights.outlet_of(row["outlet"], where, number), **days}


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputRefused("evidence.parcel-damaged", path=where)
    return value


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputRefused("evidence.parcel-damaged", path=where)
    return value
