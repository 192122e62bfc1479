"""Stretches side by side: in the unit's order, drawn within their axes, the passage quoted and nothing around it."""

import pytest
from django.test import Client

from marque.web.models import Match
from marque.web.queries.stretches import SHOWN, WIDTH, aligned
from tests.web import world


def one(medium: str) -> Match:
    return Match.objects.get(site=world.OPERATOR[1], medium=medium)


def test_a_text_is_quoted_as_its_reader_sees_it(shown: world.World) -> None:
    found = aligned(one("text"))
    assert [stretch.unit for stretch in found.stretches] == [(90.0, 103.0), (4_000.5, 4_009.5)]
    assert all(stretch.passage and "<" not in stretch.passage for stretch in found.stretches)
    assert [len(stretch.passage) for stretch in found.stretches] == [13, 9]
    assert (found.unit_end, found.query_end, found.more) == (4_009.5, 25.0, 0)


def test_sound_has_times_and_no_words(shown: world.World) -> None:
    found = aligned(one("audio"))
    assert not found.text and all(not stretch.passage for stretch in found.stretches)


def test_everything_is_drawn_within_its_axis(shown: world.World) -> None:
    for stretch in aligned(one("audio")).stretches:
        for left, width in (stretch.above, stretch.below):
            assert 0 <= left <= WIDTH and width >= 2 and left + width <= WIDTH + 2


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([], id="none"),
        pytest.param([{}], id="nothing in it"),
        pytest.param([{"query": None, "catalogue": {"start": "x"}}], id="no numbers"),
        pytest.param([{"query": {"record": "gone", "start": 5, "end": 1}, "catalogue": {}}], id="backwards"),
    ],
)
def test_what_is_no_stretch_breaks_nothing(shown: world.World, pieces: list[dict[str, object]]) -> None:
    assert len(aligned(Match(medium="text", pieces=pieces)).stretches) == len(pieces)


def test_many_stretches_are_counted(shown: world.World) -> None:
    piece = {"query": {"record": "x", "start": 0, "end": 1}, "catalogue": {"start": 0, "end": 1}}
    found = aligned(Match(medium="audio", pieces=[piece] * (SHOWN + 3)))
    assert (len(found.stretches), found.more) == (SHOWN, 3)


@pytest.mark.parametrize("medium", ["text", "audio"])
def test_the_page_is_drawn(shown: world.World, client: Client, medium: str) -> None:
    answer = client.get(f"/beside?site={world.OPERATOR[1]}&work=harbour&unit=tale-{medium}").content.decode()
    assert answer.count("<polygon") == 2
    assert ("1:06:49" in answer) == (medium == "audio")
    assert ('class="passage"' in answer) == (medium == "text")
