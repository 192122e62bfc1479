"""Marks on works and licences take no cover for a unit."""

from pathlib import Path

import pyarrow as pa
import pytest

from marque.evidence import tables
from marque.evidence.model import RECORDS
from marque.training import marks_pages
from marque.training.marks import Run
from marque.works.model import MATCHES

PAGE, URI, SITE = "cap:1", "https://list.example/1", "list.example"
TRUTH = {
    "works": [{"work": "moon", "known": True}],
    "servings": [{"uri": URI, "work": "moon", "unit": "12", "language": "en", "part": "whole"}],
    "pages": [{"uri": URI, "verdict": "content"}],
    "sites": [{"site": SITE, "part": "reader", "lawful": False}],
}


def row(medium: str, language: str, answer: str, *, licensed: bool = False) -> dict[str, object]:
    return {
        "site": SITE, "work": "moon", "unit": "12", "language": language, "page": PAGE, "score": 0.999,
        "answer": answer, "licensed": licensed, "medium": medium, "pieces": [],
    }  # fmt: skip


def run(folder: Path, *rows: dict[str, object]) -> Run:
    tables.write(folder / "matches.parquet", pa.Table.from_pylist(list(rows), schema=MATCHES))
    read = [{"record": PAGE, "page": PAGE, "uri": URI, "site": SITE, "verdict": "content"}]
    tables.write(folder / "records.parquet", pa.Table.from_pylist(read, schema=RECORDS))
    return Run(folder)


@pytest.mark.parametrize("answer", ["match", "unsure"])
def test_a_cover_is_neither_found_nor_wrong(tmp_path: Path, answer: str) -> None:
    marks = {mark.question: mark for mark in marks_pages.works(TRUTH, run(tmp_path, row("cover", "en", answer)))}
    assert (marks["works-en"].found, marks["works-en"].wrong, marks["works-en"].planted) == (0, 0, 1)


def test_a_cover_hides_no_match_of_its_unit(tmp_path: Path) -> None:
    made = run(tmp_path, row("strip", "en", "match"), row("cover", "ja", "unsure"))
    marks = {mark.question: mark for mark in marks_pages.works(TRUTH, made)}
    assert marks["works-en"].found == 1


@pytest.mark.parametrize(("medium", "wrong"), [("cover", 0), ("strip", 1)])
def test_a_cover_is_never_taken_for_licensed(tmp_path: Path, medium: str, wrong: int) -> None:
    (mark,) = marks_pages.licensed(TRUTH, run(tmp_path, row(medium, "en", "match", licensed=True)))
    assert mark.wrong == wrong
