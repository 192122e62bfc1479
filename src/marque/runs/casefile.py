"""A case file for a rights holder: what one site shows of one work, with the captured bytes, in a signed parcel.

It goes to the holder, who compares it with the originals on a machine of their own; the originals stay there. It holds
the captured pictures, sounds or texts of the matches and nothing else of the case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from Crypto.PublicKey import ECC

from marque.digest import sha256
from marque.errors import WrongUsage
from marque.evidence import parcel, tables
from marque.evidence.fetch import fetch
from marque.evidence.model import RECORDS, Locator
from marque.runs.pipeline import read_current
from marque.runs.workspace import Workspace
from marque.works.comparison.casefile import FORMAT, KIND
from marque.works.cover import apart
from marque.works.model import MATCHES


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a case file, and the records that could not be read again."""

    matches: int
    records: int
    missing: tuple[str, ...]


def write(workspace: Workspace, work: str, site: str | None, path: Path, key: ECC.EccKey) -> Packed:
    """Write the case file of a work, on one site or all. Raises WrongUsage where the last run found nothing of it."""
    run = read_current(workspace.folder)
    if run is None:
        raise WrongUsage("runs.no-run", path=str(workspace.folder))
    matches = apart.units(tables.read(run / "matches.parquet", MATCHES))  # a cover is nothing to compare
    wanted = [row for row in matches.to_pylist() if row["work"] == work and site in (None, row["site"])]
    if not wanted:
        raise WrongUsage("runs.no-match", work=work, site=site or "*")
    names = {piece["query"]["record"] for row in wanted for piece in row["pieces"]} | {row["page"] for row in wanted}
    rows = list(_records(run, sorted(names)))
    body = {
        "format": FORMAT,
        "run": run.name,
        "work": work,
        "matches": [_match(row) for row in wanted],
        "records": {row["record"]: _described(row) for row in rows},
    }
    missing: list[str] = []
    parcel.write(path, KIND, body, _payloads(workspace, rows, missing), key)
    return Packed(len(wanted), len(rows) - len(missing), tuple(missing))


def _records(run: Path, names: list[str]) -> Iterator[Mapping[str, Any]]:
    table = tables.read(run / "records.parquet", RECORDS)
    yield from table.filter(pc.is_in(table["record"], pa.array(names, pa.string()))).to_pylist()


def _described(row: Mapping[str, Any]) -> dict[str, object]:
    time = row["time"].isoformat() if row["time"] else ""
    return {"uri": row["uri"] or "", "site": row["site"] or "", "time": time, "sha256": row["payload_digest"] or ""}


def _payloads(workspace: Workspace, rows: list[Mapping[str, Any]], missing: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each payload once, read again from the vault; `missing` learns the records that are not what they were."""
    sent: set[str] = set()
    for row in rows:
        digest = row["payload_digest"]
        if digest in sent:
            continue
        capture = workspace.vault.capture(row["record"].partition(":")[0])
        exchange = fetch(capture, row["record"], Locator(**row["locator"]))
        if exchange is None or sha256(exchange.payload) != digest:
            missing.append(row["record"])
            continue
        sent.add(digest)
        yield digest, exchange.payload


def _match(row: Mapping[str, Any]) -> dict[str, object]:
    """A match without its numbers: whoever compares works them out again."""
    records = list(dict.fromkeys(piece["query"]["record"] for piece in row["pieces"]))
    names = ("site", "work", "unit", "language", "page", "answer", "medium")
    return {**{name: row[name] or "" for name in names}, "licensed": bool(row["licensed"]), "records": records}
