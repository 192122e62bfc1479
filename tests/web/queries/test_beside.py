"""Side by side: slices of one panel are put together again, what was not found is left empty."""

import pytest
from django.test import Client

from marque.web.models import Match
from marque.web.queries.beside import Piece, Place, beside
from marque.works.entries import Outline
from marque.works.strip import Rectangle
from tests.web import world


def piece(panel: int, y: int, height: int, *, distance: int = 4) -> dict[str, object]:
    return {
        "query": {"record": f"{'0' * 64}:{y}", "x": 1, "y": 2, "w": 50, "h": height // 2},
        "catalogue": {"panel": panel, "x": 0, "y": y, "w": 100, "h": height},
        "distance": distance,
        "codes": 3,
    }


def outlines(count: int) -> dict[int, Outline]:
    return {number: Outline(number, Rectangle(0, number * 200, 100, 160), None) for number in range(count)}


def test_slices_of_one_panel_make_one_row(shown: world.World) -> None:
    match = Match(pieces=[piece(1, 120, 40), piece(1, 0, 120), piece(0, 0, 160)])
    rows = beside(match, outlines(2)).rows
    assert [(row.panel, len(row.pieces)) for row in rows] == [(0, 1), (1, 2)]
    assert [(each.number, each.place.y) for each in rows[1].pieces] == [(1, 0), (2, 120)]
    assert (rows[1].width, rows[1].height) == (100, 160)


@pytest.mark.parametrize("known", [True, False])
def test_panels_between_are_left_empty(shown: world.World, known: bool) -> None:
    found = beside(Match(pieces=[piece(2, 0, 160), piece(5, 0, 160)]), outlines(8) if known else {}, 0)
    empty = [row.panel for row in found.rows if not row.pieces]
    assert empty == ([0, 1, 3, 4, 6, 7] if known else [3, 4])
    assert (found.found, found.of) == (2, 8 if known else None)


def test_a_long_unit_begins_where_something_was_found(shown: world.World) -> None:
    found = beside(Match(pieces=[piece(40, 0, 160)]), outlines(90))
    assert [row.panel for row in found.rows][:2] == [39, 40]
    assert (found.before, found.after) == (15, 63)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"query": None, "catalogue": None, "distance": None}, id="null"),
        pytest.param({"query": {"record": 5}, "catalogue": {"panel": "x", "x": "1"}}, id="other types"),
        pytest.param({**piece(0, 0, 10), "query": {"record": "r", "x": 0, "y": 0, "w": 0, "h": 5}}, id="no area"),
    ],
)
def test_broken_pieces_leave_a_row_without_picture(shown: world.World, broken: dict[str, object]) -> None:
    assert [row.pieces for row in beside(Match(pieces=[broken]), {}).rows] == [()]


def test_the_page_links_both_sides(client: Client) -> None:
    answer = client.get(f"/beside?site={world.OPERATOR[1]}&work=moonlit")
    body = answer.content.decode()
    assert body.count('data-piece="1"') >= 4  # left, line, right, caption
    assert "/thumbnails?" in body


@pytest.mark.parametrize(("y", "height", "label"), [(0, 32, 36), (0, 20, 36), (100, 60, 148), (0, 600, 588)])
def test_a_pieces_number_stands_within_the_panel(y: int, height: int, label: int) -> None:
    place = Place(0, y, 720, height)
    assert Piece(1, place, place, "a:0", None).label == label
