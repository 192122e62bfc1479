"""What is worked out for each capture on its own, once, and kept for every later run.

One reading of a capture gives its sightings, the fingerprints of its pictures, and those of sound, film and text where
the catalogue asks for them. The results lie in `derived/<stage>-<version>/<capture digest>.parquet`; a new version
makes a new folder, nothing is migrated.
"""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from marque.evidence import read, tables
from marque.evidence.derive import Shelf
from marque.evidence.events import Event
from marque.evidence.model import Capture, Exchange
from marque.evidence.objects import digests_of
from marque.runs.inputs import data_digest
from marque.signals import extract
from marque.signals.model import Sighting
from marque.works import captured, fingerprint
from marque.works.mediums import MEDIUMS
from marque.works.model import FINGERPRINT_VERSION

_READ = f"{read.VERSION}-{data_digest('evidence')[:8]}"
SIGHTINGS_STAGE = f"sightings-{extract.VERSION}-{data_digest('signals')[:8]}-{_READ}"
FINGERPRINTS_STAGE = f"fingerprints-{FINGERPRINT_VERSION}-{_READ}"


def medium_stage(medium: str) -> str:
    """The stage of one medium's fingerprints."""
    return f"{medium}-{MEDIUMS[medium]().version}-{_READ}"


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
        all_stages = (SIGHTINGS_STAGE, FINGERPRINTS_STAGE, *stages.values())
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
    """Read one capture once and write what is missing."""
    sightings: list[Sighting] = []
    memory, collector = extract.Memory(), captured.Collector([MEDIUMS[name]() for name in job.media])
    wanted, pictures = job.place(SIGHTINGS_STAGE), job.place(FINGERPRINTS_STAGE)

    def watched() -> Iterator[Exchange]:
        for item in read.read(job.capture):
            if isinstance(item, Exchange):
                if wanted:
                    sightings.extend(extract.extract(item, memory))
                if job.media:
                    collector.take(item)
                yield item

    if pictures:
        tables.write(_ready(pictures), fingerprint.fingerprints(watched()))
    else:
        for _ in watched():
            pass
    if wanted:
        tables.write(_ready(wanted), extract.as_table(sightings))
    for medium, table in collector.tables():
        place = job.place(medium_stage(medium.name))
        assert place is not None
        tables.write(_ready(place), table, sort=False)


def _ready(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def run(wanted: Sequence[Job], workers: int | None = None) -> Iterator[Done]:
    """Work out every job in processes of their own; yield each as it ends.

    A capture whose analysis fails is named and the others go on; one that kills its process is tried once more alone.
    """
    count = min(workers or os.cpu_count() or 1, len(wanted))
    if count == 0:
        return
    unlucky: list[Job] = []
    with _pool(count) as pool:
        running: dict[Future[None], Job] = {pool.submit(work_out, job): job for job in wanted}
        for future in as_completed(running):
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                unlucky.append(running[future])
            else:
                yield Done(running[future], type(error).__name__ if error else None)
    for job in sorted(unlucky, key=lambda job: job.capture.digest):
        yield _alone(job)


def _alone(job: Job) -> Done:
    with _pool(1) as pool:
        error = pool.submit(work_out, job).exception()
    return Done(job, type(error).__name__ if error else None)


def _pool(count: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["marque.runs.stages"])
    return ProcessPoolExecutor(count, mp_context=context)
