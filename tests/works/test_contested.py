"""The same pictures under two works: both are named; what is only at the ends still names none."""

from pathlib import Path

import numpy as np
import pytest

from marque.works.catalogue import Catalogue
from marque.works.match import match
from marque.works.model import MATCH, UNSURE
from tests.works import drawing
from tests.works.drawing import Pixels
from tests.works.test_furniture import add
from tests.works.test_match import answers, page

ONE, TWO, OTHER = (drawing.episode(seed, panels=8) for seed in (31, 32, 33))
PANEL = drawing.episode(34, panels=1)


def both(tmp_path: Path, others: list[tuple[str, list[Pixels]]]) -> Catalogue:
    """A holder's two episodes, and what somebody else registered."""
    made = Catalogue.create(tmp_path / "catalogue")
    for number, strip in enumerate((ONE, TWO), 1):
        add(made, tmp_path, "holder", str(number), drawing.slices(strip))
    for name, pictures in others:
        add(made, tmp_path, "other", name, pictures)
    return made


@pytest.mark.parametrize(
    ("others", "said"),
    [
        pytest.param([("1", [*drawing.slices(ONE), PANEL])], MATCH, id="with a panel more"),
        pytest.param([("1", drawing.slices(drawing.episode(31, 8, "ko")))], MATCH, id="in another language"),
        pytest.param([("1", [drawing.scaled(0.7)(part) for part in drawing.slices(ONE)])], MATCH, id="smaller"),
        pytest.param([("v", drawing.slices(np.concatenate([ONE, TWO])))], MATCH, id="a volume of both"),
        pytest.param([("v", drawing.slices(np.concatenate([ONE, TWO, OTHER])))], UNSURE, id="a third of a volume"),
    ],
)
def test_pages_name_whoever_holds_the_pictures(
    tmp_path: Path, others: list[tuple[str, list[Pixels]]], said: str
) -> None:
    made = both(tmp_path, others)
    for shown in (ONE, drawing.episode(31, 8, "es")):
        assert answers(match(page(drawing.slices(shown, 900), [], 80), made)) == [("holder", MATCH), ("other", said)]


def test_episodes_cut_in_two_elsewhere_are_found(tmp_path: Path) -> None:
    half = len(ONE) // 2
    made = both(tmp_path, [("a", drawing.slices(ONE[:half])), ("b", drawing.slices(ONE[half:]))])
    assert ("holder", MATCH) in answers(match(page(drawing.slices(ONE, 900), [], 80), made))


def test_a_stranger_who_registers_a_work_does_not_take_it_away_when_mirrored(tmp_path: Path) -> None:
    made = both(tmp_path, [("1", [*drawing.slices(ONE), PANEL])])
    said = answers(match(page(drawing.slices(ONE, 900), [drawing.mirrored], 80), made))
    assert said == [("holder", MATCH), ("other", MATCH)]


def test_panels_that_two_works_share_at_an_end_name_none(tmp_path: Path) -> None:
    """Both quote three panels of a third at their ends."""
    made = Catalogue.create(tmp_path / "catalogue")
    quoted = drawing.episode(35, panels=2)
    for work, own in (("a", ONE), ("b", TWO)):
        add(made, tmp_path, work, "1", drawing.slices(np.concatenate([own, quoted])))
    assert answers(match(page(drawing.slices(quoted), [], 80), made)) == []
