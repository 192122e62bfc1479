"""A file's fingerprint: the same for the same text, however it came."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.training.prose import novel
from marque.works.text.fingerprint import DAMAGED, fingerprint, of_bytes, of_text
from marque.works.text.model import TABLE, Extracted

STORY = novel("en", 1, "a story", 5_000)


def test_a_file_and_its_bytes_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    table = fingerprint(path, "story")
    assert table.schema == TABLE
    assert table.equals(of_bytes(STORY.encode("utf-16"), "story"))
    assert table.num_rows > 400


def test_places_are_those_of_the_text() -> None:
    table = of_text(Extracted(STORY))
    starts, ends = table["start"].to_pylist(), table["end"].to_pylist()
    assert starts == sorted(starts)
    assert all(8 <= end - start <= 20 for start, end in zip(starts, ends, strict=True))
    first, last = starts[100], ends[100]
    again = of_text(Extracted(STORY[first:last]))
    assert again["hash"].to_pylist() == [table["hash"][100].as_py()]


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        fingerprint(tmp_path / "missing.txt", "missing.txt")
    assert refusal.value.code == "works.text-unreadable"


def test_damage_is_named_in_the_metadata() -> None:
    table = of_text(Extracted(STORY, ("one.xhtml", "two.xhtml")))
    assert table.schema.metadata[DAMAGED] == b"one.xhtml\ntwo.xhtml"


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint(text: str) -> None:
    table = of_text(Extracted(text))
    assert table.schema == TABLE
    assert max(table["end"].to_pylist(), default=0) <= len(text)
