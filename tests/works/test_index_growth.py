"""An index that grew in steps answers like one made at once; merging loses nothing and keeps segments few."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.signals.pictures.pdq import Bytes
from marque.works import index as indexes
from marque.works import index_growth
from marque.works.index import Index


def codes_of_run(run: int, size: int) -> Bytes:
    rng = np.random.default_rng(run)
    bits = np.random.default_rng(run % 4).random((1, 256)) < 0.5
    return np.packbits(bits ^ (rng.random((size, 256)) < 0.05), axis=1)


def name(run: int) -> Bytes:
    return np.full((1, 32), run, np.uint8)


def with_run(index: Index, run: int, size: int) -> Index:
    number = {"number": np.arange(size, dtype=np.uint32) + 1000 * run}
    made = index_growth.added(index, name(run), np.array([size], np.uint32), codes_of_run(run, size), number)
    return index_growth.merged(made)


def answers(index: Index, queries: Bytes) -> set[tuple[int, int, int, int]]:
    query, code, distance = index.search(queries)
    owner = index.owners[index.runs(code)][:, 0]
    number = index.column("number")[code]
    return set(zip(query.tolist(), owner.tolist(), number.tolist(), distance.tolist(), strict=True))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=1, max_size=12), st.sets(st.integers(0, 11))
)
def test_grown_in_steps_is_made_at_once(runs: list[tuple[int, int]], leaving: set[int]) -> None:
    runs = list(dict(runs).items())
    grown, left = index_growth.empty(), []
    for at, (run, size) in enumerate(runs):
        grown = with_run(grown, run, size)
        if at in leaving:
            grown = index_growth.merged(index_growth.removed(grown, grown.owners[:, 0] == run))
        else:
            left.append((run, size))
    queries = np.concatenate([codes_of_run(number, 10) for number in range(4)])
    once = index_growth.empty()
    for run, size in left:
        number = {"number": np.arange(size, dtype=np.uint32) + 1000 * run}
        once = index_growth.added(once, name(run), np.array([size], np.uint32), codes_of_run(run, size), number)
    assert answers(grown, queries) == answers(once, queries)
    assert len(grown.votes) == len(grown) == len(grown.rough)


def test_segments_stay_few() -> None:
    index = index_growth.empty()
    for run in range(120):
        index = with_run(index, run, 5)
        assert len(index.segments) <= 5
    assert len(index) == 600


def test_what_was_merged_last_is_not_written_again() -> None:
    index = with_run(index_growth.empty(), 1, 500)
    assert with_run(index, 2, 5).segments[0] is index.segments[0]


@pytest.mark.parametrize(("portion", "kept"), [(0.4, 500), (0.6, 200)], ids=["less than half gone", "more"])
def test_a_segment_of_which_half_is_gone_is_made_anew(portion: float, kept: int) -> None:
    sizes = np.full(5, 100, np.uint32)
    owners, codes = np.arange(5, dtype=np.uint8).repeat(32).reshape(5, 32), codes_of_run(1, 500)
    index = index_growth.added(index_growth.empty(), owners, sizes, codes, {})
    gone = np.arange(5) < 5 * portion
    left = index_growth.merged(index_growth.removed(index, gone))
    assert len(left) == kept
    assert (
        len(left.search(codes[-1:])[0])
        == len(index.search(codes[-1:])[0])
        - np.isin(index.runs(index.search(codes[-1:])[1]), np.flatnonzero(gone)).sum()
    )


def test_an_index_without_runs_has_all_of_its_codes() -> None:
    made = indexes.build(codes_of_run(1, 50))
    assert made.held(np.arange(50)).all()
    assert made.codes[np.array([3])].tolist() == codes_of_run(1, 50)[[3]].tolist()
    assert made.codes[2:4].tolist() == codes_of_run(1, 50)[2:4].tolist()
