"""Through tables, by machine code, in numpy or one by one: the same answer, that of comparing everything."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.signals.pictures.pdq import Bytes
from marque.works.segments import machine, segment, tables, words
from marque.works.segments.segment import Found, Segment
from marque.works.segments.words import Lanes, Layout

Triples = set[tuple[int, int, int]]


def crowd(seed: int, size: int) -> Bytes:
    """Codes some of which are equal, some near each other, and some of which share words only."""
    rng = np.random.default_rng(seed)
    bits = rng.random((max(1, size // 9), 256)) < 0.5
    bits[:, : int(rng.choice([0, 16, 64, 128]))] = False
    chosen = bits[rng.integers(0, len(bits), size)]
    return np.packbits(chosen ^ (rng.random((size, 256)) < rng.choice([0.0, 0.03, 0.1], (size, 1))), axis=1)


def brute(queries: Bytes, codes: Bytes) -> Triples:
    away = np.bitwise_count(queries[:, None] ^ codes[None]).sum(axis=2)
    return {(int(q), int(c), int(away[q, c])) for q, c in np.argwhere(away <= words.RADIUS)}


def triples(found: Found) -> Triples:
    return set(zip(*(part.tolist() for part in found), strict=True))


def tabled(lanes: Lanes, cut: Layout) -> Segment:
    return Segment(lanes[:, :2].copy(), lanes[:, 2:].copy(), tables.build(lanes, cut))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 700), st.sampled_from(list(words.CUTS)))
def test_every_way_gives_what_comparing_everything_gives(seed: int, size: int, count: int) -> None:
    codes, cut = crowd(seed, size), words.layout(count)
    queries = np.concatenate([crowd(seed, 40), crowd(seed + 1, 40)])
    lanes, asked = words.spread(codes), words.spread(queries)
    found = brute(queries, codes)
    assert triples(segment.build(lanes).search(asked)) == found
    held = tables.build(lanes, cut)
    by_machine = machine.search(asked, machine.prepare((lanes[:, :2], lanes[:, 2:]), held, cut))
    assert triples(by_machine) == found


@pytest.mark.parametrize("size", [segment.SMALL - 1, segment.SMALL, 70_000], ids=["compared", "tables", "24 bits"])
def test_sizes_around_the_change_of_method(size: int) -> None:
    codes = np.random.default_rng(size).integers(0, 256, (size, 32), np.uint8)
    codes[100:1000] = codes[99]
    codes[-300:, 4:] = codes[-1, 4:]
    queries = codes[[0, 99, 500, size - 1, size - 200]] ^ np.uint8(1 << 3)
    made = segment.build(words.spread(codes))
    assert (made.tables is None) == (size < segment.SMALL)
    query, code, distance = made.search(words.spread(queries))
    assert triples((query, code, distance)) == brute(queries, codes)
    assert (np.diff(query * size + code) > 0).all()


@pytest.mark.parametrize("count", words.CUTS)
def test_numpy_alone_answers_like_machine_code(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(segment, "SMALL", 64)
    monkeypatch.setattr(segment, "LARGE", 512)
    monkeypatch.setattr(segment, "LONGER", 600 if count < 16 else 1 << 24)
    monkeypatch.setattr(segment, "LONGEST", 600 if count < 12 else 1 << 24)
    codes, queries = crowd(5, 3_000), crowd(6, 70)
    queries[:40] = codes[:40]
    made, asked = segment.build(words.spread(codes)), words.spread(queries)
    assert made.tables is not None and len(made.tables.numbers) == count * len(codes)
    fast = made.search(asked)
    slow = made.search(asked, by_machine=False)
    assert all((one == other).all() for one, other in zip(fast, slow, strict=True))
    assert triples(slow) == brute(queries, codes)


def test_a_crowded_bucket_is_compared_in_a_row() -> None:
    """All codes share most words with every query: looking each up would cost more than comparing."""
    lanes = np.zeros((20_000, 4), np.uint64)
    lanes[:, 3] = np.random.default_rng(1).integers(0, 2**63, 20_000, np.uint64)
    made = segment.build(lanes)
    query, code, _ = made.search(lanes[:3])
    away = np.bitwise_count(lanes[:3, None, 3] ^ lanes[None, :, 3])
    assert np.argwhere(away <= words.RADIUS).tolist() == np.stack([query, code], axis=1).tolist()


def test_one_answer_larger_than_the_room_for_it() -> None:
    lanes = np.zeros((40_000, 4), np.uint64)
    prepared = machine.prepare((lanes[:, :2], lanes[:, 2:]), tables.build(lanes, words.layout(16)), words.layout(16))
    query, _, _ = machine.search(np.zeros((3, 4), np.uint64), prepared)
    assert np.bincount(query).tolist() == [40_000] * 3


@pytest.mark.parametrize("part", ["ranks", "runs", "crowded_starts", "numbers"])
@pytest.mark.parametrize("lowest", [False, True], ids=["too many", "none"])
def test_damaged_tables_never_read_beyond_the_codes(part: str, lowest: bool) -> None:
    codes = np.random.default_rng(1).integers(0, 256, (70_000, 32), np.uint8)
    lanes, cut = words.spread(codes), words.layout(16)
    made = tabled(lanes, cut)
    assert made.tables is not None
    held = getattr(made.tables, part)
    held[:] = 0 if lowest else np.iinfo(held.dtype).max
    with suppress(IndexError):
        made.search(lanes[:50])
    with suppress(IndexError):
        machine.search(lanes[:50], machine.prepare((made.front, made.back), made.tables, cut))


@pytest.mark.parametrize(("size", "most"), [(segment.SMALL, 135), (1 << 14, 100), (200_000, 100)])
def test_bytes_a_code(size: int, most: int) -> None:
    made = segment.build(words.spread(np.random.default_rng(1).integers(0, 256, (size, 32), np.uint8)))
    held = made.tables
    assert held is not None
    parts = [getattr(held, name) for name in tables.Tables.__slots__]
    assert sum(part.nbytes for part in parts) / size + 32 + 2 <= most
