"""Every stage over what is sealed, in one call: captures to records, sightings, matches, networks, money, criteria."""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marque.assessment import propose
from marque.digest import canonical_json
from marque.errors import InputRefused
from marque.evidence import tables
from marque.evidence.derive import STAGE as RECORDS_STAGE
from marque.evidence.derive import Shelf
from marque.evidence.events import Event
from marque.evidence.model import CONTENT, RECORDS, Capture
from marque.evidence.objects import digests_of
from marque.evidence.scrub import RUN, RUN_FILES
from marque.money import trace
from marque.networks import link
from marque.networks.model import JUDGEMENTS, NETWORKS, SERVICES
from marque.runs import inputs, recognition, stages, workplace
from marque.runs.lock import person
from marque.runs.model import TABLES, Run
from marque.runs.workspace import JUDGED, Workspace
from marque.signals.model import SIGHTINGS
from marque.works.catalogue import Catalogue
from marque.works.cover import apart
from marque.works.entries import COVER

WHY = "investigate"
CATALOGUE = "catalogue"  # in the cache
BATCH = 128  # events logged at once
Progress = Callable[[str, int, int], None]


PICTURES = "pictures.json"  # in a run's folder: records whose picture could not be read, with the problem's code


@dataclass(frozen=True, slots=True)
class Given:
    """What the analysis is given beside the captures: a model, judgements, networks to continue, how many processes."""

    workers: int | None
    model: dict[str, object] | None
    judgements: pa.Table | None
    previous: pa.Table | None
    before: pa.Table | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the stages gave. `refused`: records whose picture could not be read, with the problem's code."""

    tables: dict[str, pa.Table]
    model: dict[str, object]
    refused: dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What an analyst asks for: a catalogue to match against, a fitted model, judgements; each may be absent."""

    catalogue: Path | None = None
    model: Path | None = None
    judgements: Path | None = None
    workers: int | None = None


def investigate(workspace: Workspace, request: Request, progress: Progress = lambda stage, done, total: None) -> Run:
    """Run every stage and make the result the current run. The caller holds the workspace's lock.

    `progress(stage, done, total)`: capture reading counts bytes, the later stages count steps.
    """
    workplace.prepare()
    captures = workspace.vault.captures()
    catalogue = Catalogue.open(request.catalogue) if request.catalogue else None
    model = _read_model(request.model)
    judged = request.judgements or _judged(workspace.folder)
    judgements = tables.read(judged, JUDGEMENTS) if judged else None
    current = read_current(workspace.folder)
    previous, before = _networks_of(current), _services_of(current)
    wanted = inputs.gather(
        [capture.digest for capture in captures],
        catalogue.digest if catalogue else None,
        request.model,
        judged,
        inputs.networks_digest(previous, before),
    )
    if current is not None and wanted.same_but_for_previous(_inputs_of(current)):
        return Run(current.name, current, False, _counts_of(current))
    shelf = Shelf(workspace.vault, workspace.derived)
    _read_again(workspace, shelf, captures)
    media = catalogue.media() if catalogue else ()
    wanted_jobs = stages.jobs(shelf, captures, media)
    failed = _derive(workspace, wanted_jobs, request.workers, progress)
    wanted = replace(wanted, failed=tuple(sorted(failed)))
    given = Given(request.workers, model, judgements, previous, before)
    found = _analyse(workspace.derived, captures, catalogue, given, progress)
    folder = _write(workspace.runs, wanted, found, failed)
    _log(workspace, folder)
    _name_current(workspace.runs, wanted.digest)
    _remember(workspace.cache, request.catalogue)
    return Run(wanted.digest, folder, True, _counts(found.tables, found.refused), failed)


def _remember(cache: Path, catalogue: Path | None) -> None:
    """Where the catalogue lay, so that pages can show titles and panels without being told. Only a convenience."""
    if catalogue is not None:
        cache.mkdir(exist_ok=True)
        (cache / CATALOGUE).write_text(str(catalogue.resolve()), "utf-8")


def catalogue_of(workspace: Path) -> Path | None:
    """The catalogue the last run was made with, None where it is not known or no longer there."""
    kept = workspace / "cache" / CATALOGUE
    path = Path(kept.read_text("utf-8")) if kept.is_file() else None
    return path if path is not None and path.is_dir() else None


def _read_again(workspace: Workspace, shelf: Shelf, captures: Sequence[Capture]) -> None:
    """Make sure that every capture has its records: results that were deleted or altered are worked out again."""
    for capture in captures:
        if shelf.result(capture.digest) is None:
            _, event = shelf.work_out(capture, person(), "investigate")
            workspace.log.append([event] if event else [])


def _log(workspace: Workspace, folder: Path) -> None:
    """Enter the run in the log by the list of its files, so that `verify` catches any change to a table."""
    stored = digests_of(folder / RUN_FILES, 0, RUN)
    workspace.log.append([Event("derived", stored, person(), f"run {folder.name}", WHY, parent=folder.name)])


def read_current(folder: Path) -> Path | None:
    """The folder of the run that `runs/current` names, None before the first."""
    name = folder / "runs" / "current"
    return folder / "runs" / name.read_text("ascii").strip() if name.exists() else None


def _derive(
    workspace: Workspace, wanted: Sequence[stages.Job], workers: int | None, progress: Progress
) -> dict[str, str]:
    """Work out what each capture lacks, and log it in batches; what was not logged is worked out again next time."""
    total, done, failed = sum(job.size for job in wanted), 0, {}
    waiting: list[Event] = []
    for end in stages.run(wanted, workers):
        done += end.job.size
        progress("read", done, total)
        if end.failed:
            failed[end.job.capture.digest] = end.failed
        else:
            tables.settle(place for _, place in end.job.lacks)  # while the others are at work
        waiting.extend(stages.events(end, person(), WHY))
        if len(waiting) >= BATCH:
            workspace.log.append(waiting)
            waiting = []
    workspace.log.append(waiting)
    return failed


def _analyse(
    derived: Path,
    captures: Sequence[Capture],
    catalogue: Catalogue | None,
    given: Given,
    progress: Progress,
) -> Analysis:
    digests = [capture.digest for capture in captures]
    records = stages.collected(derived, RECORDS_STAGE, digests, RECORDS)
    sightings = stages.collected(derived, stages.SIGHTINGS_STAGE, digests, SIGHTINGS)
    matches, unread = recognition.recognise(derived, digests, catalogue, given.workers, progress)
    shown = apart.units(matches)
    progress("link", 0, 1)
    linked = link.link(
        sightings,
        records=records,
        matches=shown,
        model=given.model,
        judgements=given.judgements,
        previous=given.previous,
        before=given.before,
    )
    progress("assess", 0, 1)
    result = {
        "records": records,
        "sightings": sightings,
        "matches": matches,
        "links": linked.links,
        "networks": linked.networks,
        "successors": linked.successors,
        "services": linked.services,
        "flows": trace.trace(sightings, linked.networks, shown),
        "assessments": propose.propose(records, sightings, shown, linked.networks, catalogued=_searched(catalogue)),
    }
    return Analysis(result, dict(linked.model), unread)


def _searched(catalogue: Catalogue | None) -> bool:
    """Whether units were looked for: in a catalogue of covers alone there are none to be found."""
    return catalogue is not None and (catalogue.media() != (COVER,) or bool(catalogue.units()))


def _read_model(path: Path | None) -> dict[str, object] | None:
    if path is None:
        return None
    try:
        model = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as reason:
        raise InputRefused("runs.model-unreadable", path=str(path)) from reason
    if not isinstance(model, dict):
        raise InputRefused("runs.model-unreadable", path=str(path))
    return model


def _write(runs: Path, wanted: inputs.Inputs, found: Analysis, failed: dict[str, str]) -> Path:
    """Write the run's folder aside and rename it: a run is there whole or not at all."""
    folder, aside = runs / wanted.digest, runs / f"{wanted.digest}.part"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, _ in TABLES:
        tables.write(aside / f"{name}.parquet", found.tables[name])
    (aside / "model.json").write_text(json.dumps(found.model, indent=1, sort_keys=True, ensure_ascii=False), "utf-8")
    (aside / "inputs.json").write_bytes(canonical_json(wanted.as_json()))
    (aside / "failed.json").write_bytes(canonical_json(failed))
    (aside / PICTURES).write_bytes(canonical_json(found.refused))
    listed = {path.name: digests_of(path, 0, RUN).sha256 for path in sorted(aside.iterdir())}
    (aside / RUN_FILES).write_bytes(canonical_json(listed))
    if folder.exists():
        shutil.rmtree(folder)
    aside.rename(folder)
    tables.sync(runs)
    return folder


def _name_current(runs: Path, digest: str) -> None:
    aside = runs / "current.part"
    with aside.open("w", encoding="ascii") as stream:
        stream.write(digest + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    aside.rename(runs / "current")
    tables.sync(runs)


def _inputs_of(run: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((run / "inputs.json").read_text("utf-8"))
    return found


def _judged(folder: Path) -> Path | None:
    """What people decided on the pages of this workspace, when no other file was named."""
    path = folder / JUDGED
    return path if path.is_file() else None


def _networks_of(run: Path | None) -> pa.Table | None:
    return tables.read(run / "networks.parquet", NETWORKS) if run else None


def _services_of(run: Path | None) -> pa.Table | None:
    return tables.read(run / "services.parquet", SERVICES) if run else None


def _counts(result: dict[str, pa.Table], refused: Mapping[str, str]) -> dict[str, int]:
    counts = {name: result[name].num_rows for name, _ in TABLES}
    records, links, networks = result["records"], result["links"], result["networks"]
    content = records.filter(pc.equal(records["verdict"], CONTENT))
    counts["matches"] = apart.units(result["matches"]).num_rows
    counts["covers"] = apart.covers(result["matches"]).num_rows
    counts["pictures-refused"] = len(refused)
    counts["sites"] = pc.count_distinct(content["site"]).as_py()
    counts["links-accepted"] = pc.sum(pc.cast(links["accepted"], pa.int64())).as_py() or 0
    counts["network-count"] = pc.count_distinct(networks["network"]).as_py()
    counts["service-count"] = pc.count_distinct(result["services"]["service"]).as_py()
    return counts


def _counts_of(run: Path) -> dict[str, int]:
    refused = json.loads((run / PICTURES).read_text("utf-8"))
    return _counts({name: pq.read_table(run / f"{name}.parquet") for name, _ in TABLES}, refused)
