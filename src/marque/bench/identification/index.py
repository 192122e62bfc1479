"""`bench identification index`: the exact index beside FAISS, on random and on drawn codes, one core, one run.

Everyone gets the same codes and queries: half of them near a stored code, half not. Times are processor time; recall
is counted against comparing everything. Single queries and batches are told apart, and what a whole page asks at once.
Beyond ten million codes marque stands alone: FAISS would take hours.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from marque.bench.identification import asking, index_codes
from marque.bench.identification.drawing import STYLES, episode
from marque.bench.model import Absent, Figure
from marque.signals.pictures.pdq import Bytes
from marque.works import index_growth, index_places, index_store
from marque.works.identify import GLANCE
from marque.works.index import RADIUS, Index
from marque.works.segments import machine, segment, tables, words
from marque.works.updating import BLOCK_OF, PLACES

BENCH = "identification index"
SIZES, SEED = (100_000, 1_000_000), 7
KINDS = (index_codes.RANDOM, index_codes.DRAWN)
QUERIES, ALONE, COMPARED = 256, 100, 40
UNIT = 300  # codes of a unit that is added
PANELS, EPISODE = 40, 860  # codes that a page of 40 panels asks; one of 20 asks 440, one of 60 asks 1,270
MOST_BESIDE = 10_000_000  # codes
_PORTION = 250  # a run of the index, as a unit is

T = TypeVar("T")
Row = tuple[str, float, str]
Search = Callable[[Bytes], tuple[Any, Any]]


def run(sizes: Sequence[int] = SIZES, seed: int = SEED, kinds: Sequence[str] = KINDS) -> Iterator[Figure | Absent]:
    """One row a figure. The first search of a large segment compiles it, which is not counted."""
    _warm()
    yield from _reading(seed)
    for size in sizes:
        for kind in kinds:
            yield from _case(kind, size, seed)


def _reading(seed: int) -> Iterator[Figure]:
    """What comes before the search: a page of 40 panels decoded from its slices, and its patches found and hashed."""
    files = asking.published(episode(seed, 0, STYLES[0], "en", PANELS))
    strip, decoding = _median(lambda: asking.strip(files))
    asked, finding = _median(lambda: asking.query(strip))
    case = f"a page of {PANELS} panels, {len(files)} slices, {len(asked.codes)} codes"
    yield Figure(BENCH, "marque", case, "decoding", round(decoding, 3), "CPU s")
    yield Figure(BENCH, "marque", case, "fingerprinting", round(finding, 3), "CPU s")


def _case(kind: str, size: int, seed: int) -> Iterator[Figure | Absent]:
    stored = index_codes.codes(kind, size, seed)
    others = index_codes.codes(kind, QUERIES // 2, seed + 1)
    asked = np.stack([index_codes.near(stored, QUERIES // 2, seed), others], axis=1).reshape(-1, 32)
    truth = _compared(stored, asked[:COMPARED])
    case = f"{size} {kind} codes"
    for rows in (_marque, _multi_hash, _flat) if size <= MOST_BESIDE else (_marque,):
        for found in rows(stored, asked, truth):
            yield (
                Absent(BENCH, found, "faiss-cpu")
                if isinstance(found, str)
                else Figure(BENCH, found[0], case, *found[1])
            )


def _marque(stored: Bytes, asked: Bytes, truth: set[tuple[int, int]]) -> Iterator[tuple[str, Row]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made, spent = _timed(lambda: _grown(stored))
        index, written = _timed(lambda: index_store.commit(place, made, ""))
        yield "marque", ("build", round(spent, 2), "CPU s")
        yield "marque", ("write and check", round(written, 2), "CPU s")
        held = sum(path.stat().st_size for path in place.iterdir())
        yield "marque", ("size on disk, with votes and places", round(held / len(stored), 1), "bytes a code")
        opened, spent = _timed(lambda: index_store.read(place))
        assert opened is not None
        yield "marque", ("open", round(spent * 1e3, 2), "CPU ms")
        yield from _asked("marque", lambda queries: index.search(queries)[:2], asked, truth)
        yield from _asked("marque, numpy only", lambda queries: _plain(index, queries), asked, truth)
        page = np.concatenate([index_codes.near(stored, EPISODE - QUERIES, 2), asked])
        _, spent = _median(lambda: index.search(page))
        yield "marque", (f"a page of {EPISODE} codes", round(spent, 3), "CPU s")
        stranger = np.concatenate([asked[1::2], index_codes.near(asked[1::2], EPISODE - QUERIES // 2, 3)])
        _, spent = _median(lambda: _asked_three_times(index, stranger))
        yield "marque", (f"an unknown page of {EPISODE} codes, mirrored and negative too", round(spent, 3), "CPU s")
        unit = index_codes.near(stored, UNIT, 1)
        _, spent = _timed(lambda: index_store.commit(place, _added(index, unit), ""))
        yield "marque", (f"add {UNIT} codes", round(spent * 1e3, 1), "CPU ms")


def _asked_three_times(index: Index, page: Bytes) -> None:
    """As identification asks for a page that nothing matches."""
    index.search(page)
    for _ in range(2):
        index.search(page[np.linspace(0, len(page) - 1, GLANCE).astype(np.int64)])


def _grown(stored: Bytes) -> Index:
    sizes = np.diff(np.r_[np.arange(0, len(stored), _PORTION), len(stored)]).astype(np.uint32)
    owners = np.zeros((len(sizes), segment.OWNER), np.uint8)
    return index_growth.added(index_growth.empty(), owners, sizes, stored, _columns(len(stored)))


def _columns(codes: int) -> dict[str, npt.NDArray[Any]]:
    """What a catalogue keeps beside its codes."""
    return {PLACES: index_places.packed(np.ones((codes, 4), np.float32)), BLOCK_OF: np.zeros(codes, np.uint16)}


def _added(index: Index, unit: Bytes) -> Index:
    sizes = np.array([len(unit)], np.uint32)
    owner, columns = np.ones((1, segment.OWNER), np.uint8), _columns(len(unit))
    return index_growth.merged(index_growth.added(index, owner, sizes, unit, columns))


def _plain(index: Index, queries: Bytes) -> tuple[Any, Any]:
    """The same index as it answers where numba is not installed."""
    lanes, base, found = words.spread(queries), 0, []
    for part in index.segments:
        query, code, _ = part.search(lanes, by_machine=False)
        found.append((query, code + base))
        base += len(part)
    return np.concatenate([query for query, _ in found]), np.concatenate([code for _, code in found])


def _multi_hash(stored: Bytes, asked: Bytes, truth: set[tuple[int, int]]) -> Iterator[tuple[str, Row] | str]:
    subject = "FAISS IndexBinaryMultiHash(256, 16, 16)"
    try:
        import faiss
    except ImportError:
        yield subject
        return
    faiss.omp_set_num_threads(1)
    made = faiss.IndexBinaryMultiHash(256, 16, 16)
    made.nflip = 1
    _, spent = _timed(lambda: made.add(stored))
    yield subject, ("build", round(spent, 2), "CPU s")
    yield from _asked(subject, _of_faiss(made), asked, truth)


def _flat(stored: Bytes, asked: Bytes, truth: set[tuple[int, int]]) -> Iterator[tuple[str, Row] | str]:
    subject = "FAISS IndexBinaryFlat"
    try:
        import faiss
    except ImportError:
        yield subject
        return
    faiss.omp_set_num_threads(1)
    made = faiss.IndexBinaryFlat(256)
    made.add(stored)
    yield from _asked(subject, _of_faiss(made), asked, truth)


def _of_faiss(made: Any) -> Search:
    def search(queries: Bytes) -> tuple[Any, Any]:
        # FAISS leaves out what is as far as its radius
        limits, _, codes = made.range_search(np.ascontiguousarray(queries), RADIUS + 1)
        return np.repeat(np.arange(len(queries)), np.diff(limits.astype(np.int64))), codes

    return search


def _asked(subject: str, search: Search, asked: Bytes, truth: set[tuple[int, int]]) -> Iterator[tuple[str, Row]]:
    (query, code), spent = _timed(lambda: search(asked))
    yield subject, ("query, in a batch of 256", round(spent / len(asked) * 1e3, 4), "CPU ms")
    _, spent = _timed(lambda: [search(asked[at : at + 1]) for at in range(ALONE)])
    yield subject, ("query, alone", round(spent / ALONE * 1e3, 4), "CPU ms")
    pairs = set(zip(query.tolist(), code.tolist(), strict=True))
    found = {pair for pair in pairs if pair[0] < COMPARED}
    yield subject, ("recall", round(len(found & truth) / max(1, len(truth)), 4), "share")
    yield subject, ("wrong", float(len(found - truth)), "pairs")


def _compared(stored: Bytes, asked: Bytes) -> set[tuple[int, int]]:
    """All pairs, by comparing every query with every code."""
    lanes = np.ascontiguousarray(stored).view(np.uint64)
    found = set()
    for query, code in enumerate(np.ascontiguousarray(asked).view(np.uint64)):
        away = np.bitwise_count(lanes ^ code).sum(axis=1)
        found |= {(query, int(near)) for near in np.flatnonzero(away <= RADIUS)}
    return found


def _warm() -> None:
    """Compile what is compiled once a machine."""
    if segment.machine_code():
        cut, lanes = words.layout(11), words.spread(index_codes.codes(index_codes.RANDOM, 1_000, 1))
        halves = np.ascontiguousarray(lanes[:, :2]), np.ascontiguousarray(lanes[:, 2:])
        machine.search(lanes[:2], machine.prepare(halves, tables.build(lanes, cut), cut))


def _median(work: Callable[[], T]) -> tuple[T, float]:
    """What is done, and the middle of three times."""
    done = [_timed(work) for _ in range(3)]
    return done[0][0], sorted(spent for _, spent in done)[1]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun
