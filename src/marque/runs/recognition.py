"""Which works the pages of all captures show: pictures shared out over processes, the other media beside them.

A page is matched on its own, so the shares can be any; what pages of one site show between them is joined at the end.
The result does not depend on how many processes there are.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pyarrow as pa

from marque.evidence import tables
from marque.runs import stages, workplace
from marque.works import aligned, captured, reference, titles
from marque.works import match as matching
from marque.works.catalogue import Catalogue
from marque.works.headings import HEADINGS
from marque.works.mediums import MEDIUMS
from marque.works.model import FINGERPRINTS, MATCHES

SHARES = 4  # of a process: so many that none waits long for the last
Progress = Callable[[str, int, int], None]


def recognise(
    derived: Path, digests: Sequence[str], catalogue: Catalogue | None, workers: int | None, progress: Progress
) -> tuple[pa.Table, dict[str, str]]:
    """MATCHES of all captures, and the records that could not be read, with the problem's code."""
    kept = [derived / stages.FINGERPRINTS_STAGE / f"{digest}.parquet" for digest in sorted(digests)]
    paths = [path for path in kept if path.is_file()]
    heard = _heard(derived, digests, catalogue)
    unread = captured.problems_of([*(tables.read(path, FINGERPRINTS) for path in paths), *heard.values()])
    if catalogue is None:
        return MATCHES.empty_table(), unread
    named = stages.collected(derived, stages.HEADINGS_STAGE, digests, HEADINGS)
    matches = _matches(paths, heard, catalogue, workplace.processes(workers), progress)
    return titles.support(matches, named, catalogue.works().values()), unread


def _heard(derived: Path, digests: Sequence[str], catalogue: Catalogue | None) -> dict[str, pa.Table]:
    """Fingerprints of sound, film and text, in the media that the catalogue has."""
    return {
        name: stages.collected(derived, stages.medium_stage(name), digests, captured.schema(MEDIUMS[name]()))
        for name in (catalogue.media() if catalogue else ())
    }


def _matches(
    paths: Sequence[Path], heard: Mapping[str, pa.Table], catalogue: Catalogue, workers: int, progress: Progress
) -> pa.Table:
    """Pictures in processes of their own where these can map the index, sound, film and text meanwhile here."""
    progress("match", 0, 1)
    reference.load(catalogue)
    shares = _shares(paths, workers * SHARES)
    if workers == 1 or len(shares) == 1 or not reference.kept(catalogue):
        return matching.joined(_found(paths, catalogue.folder), aligned.match(heard, catalogue))
    rows: list[dict[str, Any]] = []
    try:
        with workplace.pool(min(workers, len(shares))) as pool:
            running = [pool.submit(_found, share, catalogue.folder) for share in shares]
            others = aligned.match(heard, catalogue)
            for done, future in enumerate(running, 1):
                rows += future.result()
                progress("match", done, len(shares))
    except BrokenProcessPool:  # killed from outside, most likely for its memory: once more with less at once
        return _matches(paths, heard, catalogue, 1, progress)
    return matching.joined(rows, others)


def _shares(paths: Sequence[Path], count: int) -> list[list[Path]]:
    """The files in so many shares of about the same size."""
    ranked = sorted(paths, key=lambda path: (-path.stat().st_size, path.name))
    return [share for share in (ranked[at::count] for at in range(count)) if share] or [[]]


def _found(paths: Sequence[Path], folder: Path) -> list[dict[str, Any]]:
    """What the pages of some captures show on their own."""
    # The catalogue is read once a share: looking whether it has changed costs more than matching a small capture.
    prints = pa.concat_tables([FINGERPRINTS.empty_table(), *(tables.read(path, FINGERPRINTS) for path in paths)])
    return matching.found(prints, Catalogue.open(folder))
