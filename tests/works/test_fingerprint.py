"""Fingerprints of pages: reading order, places that lead back to records, and only what supports a claim."""

from pathlib import Path

import numpy as np
import pytest

from marque.evidence import tables
from marque.works import fingerprint, pages
from marque.works.fingerprint import fingerprints, pages_of
from marque.works.model import FINGERPRINTS
from marque.works.pages import looks_like_picture
from tests.works import drawing
from tests.works.exchanges import document, exchange, reader

PICTURES = [drawing.encode(part) for part in drawing.slices(drawing.episode(1, panels=3), 700)]
SMALL = drawing.encode(drawing.episode(1)[:100, :100])


def test_pictures_stand_in_reading_order() -> None:
    table = fingerprints(reader(PICTURES))
    order = {row["order"]: row["record"] for row in table.to_pylist()}
    assert list(order) == list(range(len(PICTURES)))
    assert list(order.values()) == [f"cap:{len(PICTURES) - n}" for n in range(len(PICTURES))]
    assert set(table["site"].to_pylist()) == {"pirate.example"}
    assert table.schema.equals(FINGERPRINTS, check_metadata=True)


def test_places_lie_on_their_pictures() -> None:
    for row in fingerprints(reader(PICTURES)).to_pylist():
        assert row["code"] is None or row["top"] <= row["y"] <= row["bottom"]


@pytest.mark.parametrize(
    "exchanges",
    [
        pytest.param([exchange(1, "https://img.example/1.jpg", PICTURES[0], page=None)], id="no page known"),
        pytest.param([document(0, "<p>"), exchange(1, "u", PICTURES[0], page=0, verdict="challenge")], id="challenge"),
        pytest.param([document(0, "x", verdict="parked"), exchange(1, "u", PICTURES[0], page=0)], id="parked page"),
        pytest.param([document(0, "<p>"), exchange(1, "u", SMALL, page=0)], id="an icon"),
        pytest.param([document(0, "<p>"), exchange(1, "u", b"<svg/>", page=0, media_type="image/svg+xml")], id="SVG"),
        pytest.param([document(0, "<p>"), exchange(1, "u", b"", page=0)], id="no payload"),
        pytest.param(
            [document(0, "<p>"), exchange(1, "u", drawing.encode(drawing.episode(1)[:90, :728]), page=0)], id="a banner"
        ),
        pytest.param([document(0, "<p>")], id="no pictures"),
        pytest.param([], id="nothing"),
    ],
)
def test_yields_nothing_for(exchanges: list[object]) -> None:
    assert fingerprints(exchanges).num_rows == 0  # type: ignore[arg-type]


def test_a_damaged_picture_is_named_and_the_rest_goes_on() -> None:
    cut = [*PICTURES[:1], PICTURES[1][:9000], *PICTURES[2:]]
    table = fingerprints(reader(cut))
    named = [row for row in table.to_pylist() if row["problem"] is not None]
    assert [(row["problem"], row["site"]) for row in named] == [("works.image-damaged", "pirate.example")]
    read = {row["record"] for _, _, rows in pages_of(table) for row in rows.to_pylist()}
    assert len(read) == len(PICTURES) - 1 and named[0]["record"] not in read


def test_more_than_a_page_may_cost_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE_PIXELS", 720 * 700 * 2)
    problems = fingerprints(reader(PICTURES))["problem"].drop_null().to_pylist()
    assert problems == ["works.page-too-large"] * (len(PICTURES) - 2)


def test_a_page_longer_than_a_strip_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "MAX_ROWS", 700)
    problems = fingerprints(reader(PICTURES))["problem"].drop_null().to_pylist()
    assert problems == ["works.strip-too-long"] * (len(PICTURES) - 2)


def test_pictures_are_known_by_content_not_by_media_type() -> None:
    page = [document(0, "<p>"), exchange(1, "u", PICTURES[0], page=0, media_type="application/octet-stream")]
    assert fingerprints(page).num_rows > 0
    assert not looks_like_picture(b"<html>", "text/html")


def test_a_page_captured_twice_has_the_same_fingerprint_twice() -> None:
    table = fingerprints([*reader(PICTURES, 0), *reader(PICTURES, 100)])
    pages = [rows.drop_columns(["page", "time", "record"]) for _, _, rows in pages_of(table)]
    assert len(pages) == 2
    assert pages[0].equals(pages[1])


def test_the_table_survives_the_disk_in_any_order(tmp_path: Path) -> None:
    table = fingerprints(reader(PICTURES))
    tables.write(tmp_path / "f.parquet", table)
    again = tables.read(tmp_path / "f.parquet", FINGERPRINTS)
    shuffled = again.take(np.random.default_rng(1).permutation(again.num_rows))
    wanted = [rows for _, _, rows in pages_of(table)]
    assert [rows for _, _, rows in pages_of(shuffled)] == wanted
