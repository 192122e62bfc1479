"""The reference page describes the files as they are written: names, versions, sections."""

from pathlib import Path

import numpy as np
import pytest

from marque.works import rights
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.mediums import text
from marque.works.segments import file, segment, stored, words
from tests.works.writing import prose

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "works.md").read_text("utf-8")
FOLDER = PAGE.partition("## The folder")[2].partition("\n## ")[0]
INDEX = PAGE.partition("## The index\n")[2].partition("\n## ")[0]


def test_the_version_and_the_suffixes_are_the_written_ones() -> None:
    assert f"version (u32, {file.VERSION})" in INDEX
    assert ".idx" not in PAGE


def test_every_section_is_named() -> None:
    codes = np.random.default_rng(1).integers(0, 256, (segment.SMALL, 32), np.uint8)
    names = stored.sections(segment.build(words.spread(codes)))
    assert [name for name in (*names, "votes", "rough", "alive") if f"`{name}`" not in INDEX] == []


@pytest.mark.parametrize("codes", [segment.LONGER, segment.LONGEST])
def test_sizes_are_those_of_the_code(codes: int) -> None:
    layout = segment.cut(codes)
    assert f"{codes:,} " in INDEX.replace("\n", " ")
    assert f"{len(layout.words)} " in INDEX
    assert f"{segment.SMALL:,} codes" in INDEX


def test_every_file_of_a_catalogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(prose(1))
    made = Catalogue.create(tmp_path / "c")
    made.add_file(text(), Work("moon", {}, None), "book", "", tmp_path / "book.txt")
    (tmp_path / "r.csv").write_text(",".join(rights.COLUMNS) + "\nmoon,H,,,reader.example,,\n")
    rights.replace(made, rights.read(tmp_path / "r.csv", frozenset({"moon"})))
    there = {path.name if path.is_file() else f"{path.name}/" for path in made.folder.iterdir()}
    assert there >= {"catalogue.json", "rights.parquet", rights.ORIGINS, "units/"}
    assert sorted(name for name in there if f"`{name}" not in FOLDER) == []
