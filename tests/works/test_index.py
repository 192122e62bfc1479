"""The index equals comparing with everything; a file that is not ours or not whole is refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.signals.pictures.pdq import Bytes
from marque.words import known
from marque.works import index


def family(seed: int, size: int) -> Bytes:
    """Codes that lie near each other: few ancestors, each copied with some bits changed."""
    rng = np.random.default_rng(seed)
    bits = rng.random((max(1, size // 12), 256)) < rng.choice([0.1, 0.5])
    chosen = bits[rng.integers(0, len(bits), size)]
    return np.packbits(chosen ^ (rng.random((size, 256)) < rng.choice([0.02, 0.08, 0.13])), axis=1)


def brute(queries: Bytes, codes: Bytes) -> list[tuple[int, int, int]]:
    away = np.bitwise_count(queries[:, None] ^ codes[None]).sum(axis=2)
    return [(int(q), int(c), int(away[q, c])) for q, c in np.argwhere(away <= index.RADIUS)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 300), st.integers(0, 60))
def test_equals_comparing_with_everything(seed: int, size: int, asked: int) -> None:
    codes = family(seed, size)
    queries = np.concatenate([family(seed, asked), family(seed + 1, asked)])
    found = index.build(codes).search(queries)
    assert list(zip(*(part.tolist() for part in found), strict=True)) == brute(queries, codes)


@given(st.sets(st.integers(0, 255), max_size=60))
def test_finds_a_code_up_to_31_bits_away_and_no_further(flipped: set[int]) -> None:
    code = family(7, 1)
    bits = np.unpackbits(code)
    bits[list(flipped)] ^= 1
    found = index.build(code).search(np.packbits(bits)[None])[2].tolist()
    assert found == ([len(flipped)] if len(flipped) <= index.RADIUS else [])


def test_more_queries_than_a_batch() -> None:
    codes = family(3, 700)
    found = index.build(codes).search(codes)
    assert list(zip(*(part.tolist() for part in found), strict=True)) == brute(codes, codes)


def test_a_saved_index_is_the_same(tmp_path: Path) -> None:
    codes = family(1, 200)
    made = index.build(codes, np.arange(200).astype(np.uint8))
    index.save(tmp_path / "a.idx", made)
    loaded = index.load(tmp_path / "a.idx")
    assert not loaded.segments[0].front.flags.writeable
    assert loaded.votes.tolist() == list(range(200))
    for one, other in zip(made.search(codes), loaded.search(codes), strict=True):
        assert one.tolist() == other.tolist()


def test_at_most_100_bytes_a_code_beside_the_fixed_tables(tmp_path: Path) -> None:
    index.save(tmp_path / "none.idx", index.build(family(1, 0)))
    index.save(tmp_path / "some.idx", index.build(family(1, 500)))
    assert ((tmp_path / "some.idx").stat().st_size - (tmp_path / "none.idx").stat().st_size) / 500 <= 100


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        pytest.param(lambda data: b"SQLite format 3\0" + data[16:], "works.index-foreign", id="foreign"),
        pytest.param(lambda data: b"", "works.index-damaged", id="empty"),
        pytest.param(lambda data: data[:20], "works.index-foreign", id="shorter than a header"),
        pytest.param(lambda data: flip(data, 8), "works.index-version", id="another version"),
        pytest.param(lambda data: data[:-1], "works.index-damaged", id="cut short"),
        pytest.param(lambda data: data + b"x", "works.index-damaged", id="something behind it"),
        pytest.param(lambda data: flip(data, 16), "works.index-damaged", id="another count"),
        pytest.param(lambda data: flip(data, len(data) // 2), "works.index-damaged", id="one bit in the tables"),
        pytest.param(lambda data: flip(data, 40), "works.index-damaged", id="one bit in a code"),
    ],
)
def test_refuses_what_is_not_ours_or_not_whole(tmp_path: Path, harm: Callable[[bytes], bytes], code: str) -> None:
    path = tmp_path / "a.idx"
    index.save(path, index.build(family(1, 50)))
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        index.load(path)
    assert refused.value.code == code
    assert known(code) and known(f"{code}.advice")
