"""The benchmark of marks: its material is what it says, and the frozen figures of a small run do not drop."""

import io
import json
from importlib.resources import files

import pytest
from PIL import Image

from marque.bench.identification import marks, marks_material
from marque.bench.model import Absent
from marque.signals.marks import asked, panels

FROZEN = json.loads(files("marque.bench.identification").joinpath("frozen", "marks.json").read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(FROZEN["small"]["cards"]))
def test_no_figure_drops(language: str) -> None:
    if language not in marks.languages():
        pytest.skip(f"tesseract-ocr has no data for {language} here")
    small = FROZEN["small"]
    cards = marks.tally(marks_material.marked("card", language, small["seed"], small["each"]), language)
    assert cards.right >= small["cards"][language]["right"]
    assert cards.wrong <= small["cards"][language]["wrong"]
    assert marks.tally(marks_material.unmarked(language, small["seed"], small["each"]), language).wrong == 0


def test_nothing_was_named_that_nobody_signed() -> None:
    figures = FROZEN["full"]["figures"]
    assert {case: row["false"] for case, row in figures.items() if "none" in case and row["false"]} == {}
    assert sum(row["of"] for case, row in figures.items() if "none" in case) >= 60


def test_without_the_program_the_part_is_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    asked.engine.cache_clear()
    assert list(marks.run()) == [Absent("identification", "marque", marks.NEEDED)]
    asked.engine.cache_clear()


def test_a_language_without_data_is_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "engine", lambda: asked.Engine("tesseract", frozenset({"eng", "kor"}), ""))
    monkeypatch.setattr(panels, "names_of", lambda _data, _language: ())
    rows = list(marks.run(1, 1))
    lacking = [row.subject for row in rows if isinstance(row, Absent)]
    assert lacking == ["marque (es)", "marque (ja)"]
    assert {row.case.rpartition(" ")[2] for row in rows if not isinstance(row, Absent)} == {"en", "ko"}


@pytest.mark.parametrize("kind", marks.KINDS)
def test_pictures_are_the_same_for_a_seed_and_carry_another_name_each_time(kind: str) -> None:
    first, again = (list(marks_material.marked(kind, "ko", 3, 3)) for _ in range(2))
    assert first == again
    assert len({drawn.name for drawn in first}) == 3
    assert Image.open(io.BytesIO(first[0].data)).width >= 360


def test_a_name_that_was_not_drawn_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "names_of", lambda data, _: (data.decode(),))
    drawn = [marks_material.Marked(b"a", "a"), marks_material.Marked(b"b", "a"), marks_material.Marked(b"c", "")]
    assert marks.tally(iter(drawn), "en") == (3, 1, 2)
