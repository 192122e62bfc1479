"""The embedded file of a run: made aside, renamed when whole, named by the run's digest, deleted without loss."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import Model

from marque.evidence import tables
from marque.networks import operators
from marque.runs.model import TABLES as RUN_TABLES
from marque.web import models
from marque.web.loading import diagrams, names, positions, reach, rows, summaries
from marque.web.loading.titles import Title
from marque.works.cover import apart

LAYOUT = 12  # rises when a column or an index of the embedded file changes; an older file is made again

Progress = Callable[[str, int, int], None]
_STEPS = 21


def prepare(
    cache: Path, run: Path, titles: Mapping[str, Title], progress: Progress = lambda stage, done, total: None
) -> Path:
    """The file for a run folder, made where it is missing or of another layout."""
    place = cache / f"{run.name}.sqlite"
    if _usable(place):
        return place
    cache.mkdir(parents=True, exist_ok=True)
    aside = cache / f"{run.name}.{os.getpid()}.part"
    aside.unlink(missing_ok=True)
    try:
        _build(aside, run, titles, progress)
        aside.rename(place)
    finally:
        aside.unlink(missing_ok=True)
    return place


def _usable(place: Path) -> bool:
    if not place.exists():
        return False
    try:
        with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == LAYOUT)
    except sqlite3.DatabaseError:
        return False


def _build(place: Path, run: Path, titles: Mapping[str, Title], progress: Progress) -> None:
    _create(place)
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        # A cache that is renamed only when whole needs no journal.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; BEGIN")
        for function in (names.display, names.scripts, names.fold):
            connection.create_function(function.__name__, 1, function, deterministic=True)
        for done, step in enumerate(_steps(connection, run, titles), start=1):
            progress(step, done, _STEPS)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA user_version={LAYOUT}")
    finally:
        connection.close()


def _create(place: Path) -> None:
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(place), "OPTIONS": {}, "TIME_ZONE": None,
        "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TEST": {},
    }  # fmt: skip
    wrapper = DatabaseWrapper(settings, alias="loading")
    try:
        with wrapper.schema_editor(atomic=False) as editor:
            for model in models.TABLES:
                editor.create_model(model)
    finally:
        wrapper.close()


def _steps(connection: sqlite3.Connection, run: Path, titles: Mapping[str, Title]) -> Iterable[str]:
    loaded = {name: tables.read(run / f"{name}.parquet", schema) for name, schema in RUN_TABLES}
    _put(connection, models.Cover, rows.numbered(rows.covers(apart.covers(loaded["matches"]))))
    loaded["matches"] = apart.units(loaded["matches"])  # a cover is no find of a work on a site
    _put(connection, models.Record, rows.records(loaded["records"]))
    yield "records"
    _put(connection, models.Sighting, rows.sightings(loaded["sightings"]))
    yield "sightings"
    _put(connection, models.Link, rows.links(loaded["links"]))
    yield "links"
    for name, (model, wanted) in _PLAIN.items():
        _put(connection, model, rows.numbered(rows.columns(loaded[name], *wanted)))
        yield name
    _assessed(connection, loaded["assessments"])
    _put(connection, models.Member, rows.numbered(iter(_members(loaded["networks"], loaded["links"]))))
    _put(connection, models.Account, rows.accounts(operators.gather(loaded["sightings"], loaded["networks"])))
    yield "accounts"
    _titles(connection, titles)
    for statements in (
        summaries.SAMPLE, summaries.SIGNALS, summaries.CAPTURES, summaries.SITES, summaries.PICTURES, summaries.WORKS,
        summaries.NETWORKS, summaries.SERVICES, summaries.ENTRIES,
    ):  # fmt: skip
        for statement in statements:
            connection.execute(statement)
        yield "summaries"
    known = reach.world(connection)
    reach.rank(connection, loaded["networks"], known)
    _put(connection, models.Chokepoint, reach.chokepoints(loaded["sightings"], loaded["networks"], known))
    yield "reach"
    _put(connection, models.Diagram, diagrams.rows(loaded["flows"]))
    yield "diagrams"
    _run(connection, run, {name: table.num_rows for name, table in loaded.items()})
    yield "ready"


_PLAIN: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "matches": (
        models.Match,
        (
            "site", "work", "unit", "language", "page", "score", "answer", "licensed", "mirrored", "medium", "titled",
            "pieces",
        ),
    ),
    "services": (models.Service, ("service", "site", "role", "from", "to")),
    "successors": (models.Successor, ("site", "predecessor", "probability", "reasons", "impostor")),
    "flows": (
        models.Flow,
        (
            "payer", "intermediary", "payee", "network", "low", "mid", "high", "currency", "period", "basis", "records",
        ),
    ),
}  # fmt: skip


def _put(connection: sqlite3.Connection, model: type[Model], found: Iterable[rows.Row]) -> None:
    fields = model._meta.concrete_fields
    wanted = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join("?" * len(fields))
    connection.executemany(f"INSERT INTO {model._meta.db_table} ({wanted}) VALUES ({marks})", found)  # noqa: S608


def _assessed(connection: sqlite3.Connection, table: pa.Table) -> None:
    connection.execute("CREATE TEMP TABLE assessed (site TEXT, service_kind TEXT, level TEXT, criteria TEXT)")
    found = rows.columns(table, "site", "service_kind", "level", "criteria")
    connection.executemany("INSERT INTO temp.assessed VALUES (?, ?, ?, ?)", found)


def _members(networks: pa.Table, links: pa.Table) -> Iterable[rows.Row]:
    """Members by network, strongest first, each with its place in the picture."""
    edges: dict[str, list[tuple[str, str, float]]] = {}
    home = dict(zip(networks["site"].to_pylist(), networks["network"].to_pylist(), strict=True))
    for one, other, probability, accepted, *_ in rows.columns(links, "site_a", "site_b", "probability", "accepted"):
        if accepted and home.get(str(one)) is not None and home.get(str(one)) == home.get(str(other)):
            edges.setdefault(home[str(one)], []).append((str(one), str(other), float(str(probability or 0))))
    members: dict[str, list[dict[str, object]]] = {}
    for row in networks.to_pylist():
        members.setdefault(row["network"], []).append(row)
    for network in sorted(members):
        ordered = sorted(members[network], key=lambda row: (-float(str(row["membership"] or 0)), str(row["site"])))
        place = {str(row["site"]): number for number, row in enumerate(ordered)}
        lines = [(place[one], place[other], weight) for one, other, weight in edges.get(network, [])]
        for row, (x, y) in zip(ordered, positions.place(len(ordered), lines), strict=True):
            yield (
                network, row["site"], row["role"], row["membership"], row["membership_low"], row["membership_high"],
                row["weakest_bridge"], bool(row["size_alarm"]), x, y,
            )  # fmt: skip


def _titles(connection: sqlite3.Connection, titles: Mapping[str, Title]) -> None:
    _put(
        connection,
        models.Work,
        (
            (work, title.best(), json.dumps(dict(title.titles), ensure_ascii=False), title.holder, 0, 0, "[]")
            for work, title in sorted(titles.items())
        ),
    )


def _run(connection: sqlite3.Connection, run: Path, figures: dict[str, int]) -> None:
    model = json.loads((run / "model.json").read_text("utf-8")) if (run / "model.json").exists() else {}
    failed = json.loads((run / "failed.json").read_text("utf-8")) if (run / "failed.json").exists() else {}
    inputs = json.loads((run / "inputs.json").read_text("utf-8")) if (run / "inputs.json").exists() else {}
    known = {"failed": len(failed), "catalogue": int(bool(inputs.get("catalogue")))}
    _put(connection, models.Run, [(run.name, json.dumps(figures | known), json.dumps(model))])
