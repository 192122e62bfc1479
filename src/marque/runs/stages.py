"""What is worked out for each capture on its own, once, and kept for every later run.

One reading of a capture gives its sightings, the fingerprints of its pictures, and those of sound, film and text where
the catalogue asks for them. The results lie in `derived/<stage>-<version>/<capture digest>.parquet`; a new version
makes a new folder, nothing is migrated.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from marque.evidence import read, tables
from marque.evidence.derive import Shelf
from marque.evidence.events import Event
from marque.evidence.model import Capture, Exchange
from marque.evidence.objects import digests_of
from marque.runs.shipped import data_digest
from marque.runs.workplace import pool, processes
from marque.signals import extract
from marque.signals.marks import asked
from marque.signals.model import Sighting
from marque.works import captured, fingerprint, headings
from marque.works.mediums import MEDIUMS
from marque.works.model import ASKED_VERSION, FINGERPRINT_VERSION

_READ = f"{read.VERSION}-{data_digest('evidence')[:8]}"
SIGHTINGS_STAGE = f"sightings-{extract.VERSION}-{data_digest('signals')[:8]}-{_READ}{asked.named()}"
FINGERPRINTS_STAGE = f"fingerprints-{FINGERPRINT_VERSION}.{ASKED_VERSION}-{_READ}"
HEADINGS_STAGE = f"headings-{headings.VERSION}-{_READ}"


def medium_stage(medium: str) -> str:
    """The stage of one medium's fingerprints."""
    return f"{medium}-{MEDIUMS[medium]().version}.{captured.VERSION}-{_READ}"


@dataclass(frozen=True, slots=True)
class Job:
    """One capture, and what it lacks: each stage with the place of its result. `media` are those among them."""

    capture: Capture
    lacks: tuple[tuple[str, Path], ...]
    media: tuple[str, ...] = ()

    def place(self, stage: str) -> Path | None:
        """Where a result goes, None where it exists already."""
        return dict(self.lacks).get(stage)

    @property
    def size(self) -> int:
        return sum(part.length for part in self.capture.parts.values())


@dataclass(frozen=True, slots=True)
class Done:
    """A job's end. `failed` names the error that stopped it, None where the results stand."""

    job: Job
    failed: str | None = None


def jobs(shelf: Shelf, captures: Sequence[Capture], media: Sequence[str] = ()) -> list[Job]:
    """What has not been worked out yet, largest first, so that no long one starts last.

    A result that the log does not name, or that is no longer what was logged, is worked out again.
    """
    stages = {name: medium_stage(name) for name in media}
    wanted = []
    for capture in captures:
        all_stages = (SIGHTINGS_STAGE, FINGERPRINTS_STAGE, HEADINGS_STAGE, *stages.values())
        lacks = tuple(
            (stage, place(shelf, stage, capture)) for stage in all_stages if not _stands(shelf, stage, capture)
        )
        if lacks:
            lacking = tuple(name for name, stage in stages.items() if stage in dict(lacks))
            wanted.append(Job(capture, lacks, lacking))
    return sorted(wanted, key=lambda job: (-job.size, job.capture.digest))


def place(shelf: Shelf, stage: str, capture: Capture) -> Path:
    """Where a capture's result of a stage lies."""
    return shelf.folder / stage / f"{capture.digest}.parquet"


def collected(derived: Path, stage: str, digests: Iterable[str], schema: pa.Schema) -> pa.Table:
    """The results of a stage over captures, one after the other; captures without one are passed over."""
    found = [derived / stage / f"{digest}.parquet" for digest in sorted(digests)]
    parts = [tables.read(path, schema) for path in found if path.exists()]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _stands(shelf: Shelf, stage: str, capture: Capture) -> bool:
    path, logged = place(shelf, stage, capture), shelf.logged(stage, capture.digest)
    return logged is not None and path.is_file() and digests_of(path, 0, stage) == logged


def events(done: Done, who: str, why: str) -> Iterator[Event]:
    """What is to be logged of a job that ended well: each result with its digest."""
    for stage, path in done.job.lacks:
        if done.failed is None:
            capture = done.job.capture
            yield Event("derived", digests_of(path, 0, stage), who, capture.name, why, parent=capture.digest)


def work_out(job: Job) -> None:
    """Read one capture once and write what is missing. Whoever logs the results makes them durable first."""
    with captured.Collector([MEDIUMS[name]() for name in job.media]) as collector:
        _work_out(job, collector)


def _work_out(job: Job, collector: captured.Collector) -> None:
    sightings: list[Sighting] = []
    memory = extract.Memory()
    gathered = headings.Gathered()
    takers: dict[str, Callable[[Exchange], None]] = {
        SIGHTINGS_STAGE: lambda exchange: sightings.extend(extract.extract(exchange, memory)),
        HEADINGS_STAGE: gathered.take,
        **{medium_stage(name): collector.take for name in job.media[:1]},  # one collector for all media
    }
    wanted = [taker for stage, taker in takers.items() if job.place(stage)]
    stream = _watched(job.capture, wanted)
    prints = fingerprint.fingerprints(stream) if job.place(FINGERPRINTS_STAGE) else None
    for _ in stream:
        pass
    results = {SIGHTINGS_STAGE: lambda: extract.as_table(sightings), HEADINGS_STAGE: gathered.table}
    for stage, place in job.lacks:
        if stage in results:
            tables.write(_ready(place), results[stage](), sync=False)
        elif prints is not None and stage == FINGERPRINTS_STAGE:
            tables.write(_ready(place), prints, sync=False)
    for medium, table in collector.tables():
        tables.write(_ready(dict(job.lacks)[medium_stage(medium.name)]), table, sort=False, sync=False)


def _watched(capture: Capture, takers: Sequence[Callable[[Exchange], None]]) -> Iterator[Exchange]:
    """A capture's records, each shown to every taker on its way."""
    for item in read.read(capture):
        if isinstance(item, Exchange):
            for take in takers:
                take(item)
            yield item


def _ready(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def run(wanted: Sequence[Job], workers: int | None = None) -> Iterator[Done]:
    """Work out every job in processes of their own; yield each as it ends.

    A capture whose analysis fails is named and the others go on; one that kills its process is tried once more alone.
    """
    count = min(processes(workers), len(wanted))
    if count == 0:
        return
    unlucky: list[Job] = []
    with pool(count) as workplace:
        running: dict[Future[None], Job] = {workplace.submit(work_out, job): job for job in wanted}
        for future in as_completed(running):
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                unlucky.append(running[future])
            else:
                yield Done(running[future], type(error).__name__ if error else None)
    for job in sorted(unlucky, key=lambda job: job.capture.digest):
        yield _alone(job)


def _alone(job: Job) -> Done:
    with pool(1) as alone:
        error = alone.submit(work_out, job).exception()
    return Done(job, type(error).__name__ if error else None)
