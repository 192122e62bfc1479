"""The folder that `marque networks link` writes: tables, claims and model, all of them or none."""

import shutil
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marque.digest import canonical_json
from marque.errors import InputRefused, StoreFailure, WrongUsage
from marque.evidence import tables
from marque.networks import claims, explain
from marque.networks.link import Linked
from marque.networks.link import link as linking
from marque.networks.model import NETWORKS, SERVICES

TABLES = ("links", "networks", "services", "successors")


def link(
    sightings: Path, out: Path, *, model: Path | None, judgements: Path | None, previous: Path | None
) -> dict[str, int]:
    """Link a file of sightings into the folder `out`; counts of what was found."""
    given = _table(sightings)
    found = linking(
        given,
        model=explain.read_model(model) if model else None,
        judgements=_table(judgements) if judgements else None,
        previous=tables.read(previous / "networks.parquet", NETWORKS) if previous else None,
        before=tables.read(previous / "services.parquet", SERVICES) if previous else None,
    )
    _write(out, found, given)
    return {
        "sites": pc.count_distinct(given["site"]).as_py(),
        "links": pc.sum(found.links["accepted"].cast(pa.int64())).as_py() or 0,
        "candidates": found.links.num_rows,
        "networks": pc.count_distinct(found.networks["network"]).as_py(),
        "members": found.networks.num_rows,
        "services": pc.count_distinct(found.services["service"]).as_py(),
    }


def _table(path: Path) -> pa.Table:
    """Any Parquet table; its columns are judged where they are used."""
    if not path.is_file():
        raise WrongUsage("networks.no-such-file", path=str(path))
    try:
        return pq.read_table(path)
    except (pa.ArrowException, OSError) as reason:
        raise InputRefused("networks.unreadable", path=str(path)) from reason


def _write(out: Path, found: Linked, given: pa.Table) -> None:
    """Write everything aside, then rename file by file, the model last."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".part-", dir=out))
    except OSError as reason:
        raise StoreFailure("networks.cannot-write", path=str(out)) from reason
    try:
        for name in TABLES:
            tables.write(aside / f"{name}.parquet", getattr(found, name), sort=False)
        pq.write_table(claims.claims(given).sites, aside / explain.CLAIMS, compression="zstd")
        (aside / explain.MODEL).write_bytes(canonical_json(found.model) + b"\n")
        for name in (*(f"{name}.parquet" for name in TABLES), explain.CLAIMS, explain.MODEL):
            (aside / name).replace(out / name)
    except OSError as reason:
        raise StoreFailure("networks.cannot-write", path=str(out)) from reason
    finally:
        shutil.rmtree(aside, ignore_errors=True)
