"""Texts made to cost: each is read in bounded time and memory, or refused by name."""

import time
import tracemalloc

import pytest

from marque.errors import InputRefused
from marque.training.prose import novel
from marque.works.text import extract, folding, shingles
from marque.works.text.fingerprint import of_bytes, of_text
from marque.works.text.identify import identify
from marque.works.text.model import Extracted
from marque.works.text.reference import build

STORY = novel("en", 1, "hostile", 20_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(STORY.replace("\n", " ").encode() * 100, id="a line of 2 MB"),
        pytest.param(b"a" * (2 << 20), id="one letter"),
        pytest.param("".join(map(chr, range(0x20, 0xD800))).encode() * 8, id="every character"),
        pytest.param("\u0301".encode() * (1 << 20), id="nothing but accents"),
        pytest.param("\u1100".encode() * (1 << 20), id="nothing but first jamo"),
        pytest.param("\ufdfa".encode() * (1 << 18), id="characters that become eighteen"),
        pytest.param(b"<p>" * (1 << 17) + b"text", id="tags without end"),
        pytest.param(b"&#" + b"9" * (1 << 20), id="a number without end"),
        pytest.param(b'{"a":' * (1 << 18), id="JSON without end"),
    ],
)
def test_costs_little(data: bytes) -> None:
    begun = time.process_time()
    table = of_bytes(data, "hostile")
    assert table.num_rows <= len(data)
    assert time.process_time() - begun < 20


def test_a_hundred_megabytes_are_refused_unread() -> None:
    begun = time.process_time()
    with pytest.raises(InputRefused) as refusal:
        of_bytes(bytes(100 << 20), "large.txt")
    assert refusal.value.code == "works.text-too-large"
    assert time.process_time() - begun < 1
    assert extract.MOST_BYTES < 100 << 20


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["a", "nobody came that night, "])
def test_the_longest_text_takes_bounded_memory(letters: str) -> None:
    whole = (letters * (extract.MOST_BYTES // len(letters))).encode()
    tracemalloc.start()
    of_bytes(whole, "long.txt")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 512 << 20


def test_a_text_said_again_and_again_is_asked_for_once() -> None:
    catalogue = build([of_text(Extracted(STORY))])
    begun = time.process_time()
    [found] = identify(of_text(Extracted(STORY * 60)), catalogue)
    assert found.answer == "match"
    assert time.process_time() - begun < 10


def test_parts_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = STORY[:5_000] + "\u1112\u1161\u11ab\u1100\u1173\u11af" * 200
    whole = of_text(Extracted(text))
    monkeypatch.setattr(folding, "_AT_ONCE", 97)
    monkeypatch.setattr(shingles, "_AT_ONCE", 101)
    assert of_text(Extracted(text)).equals(whole)
