"""The measurement behind the score, again on other drawings: how often do strangers agree by chance?"""

from pathlib import Path

import pytest

from marque.signals.pictures.pdq import inverse
from marque.works.decide import CALIBRATION, probability
from marque.works.identify import identify
from marque.works.reference import Reference
from tests.works import drawing
from tests.works.test_identify import query

STRANGERS = range(300, 312)
NEGATIVE = {"inverted": True}


@pytest.mark.slow
def test_strangers_do_not_agree_by_chance(tmp_path: Path, reference: Reference) -> None:
    asked = hits = agreeing = 0
    for seed in STRANGERS:
        page = query(tmp_path / str(seed), drawing.slices(drawing.episode(seed), 900), 70)
        for codes, view in ((page.codes, {}), (page.mirrored, {"mirrored": True}), (inverse(page.codes), NEGATIVE)):
            asked += len(codes)
            hits += len(reference.index.search(codes)[0])
            agreeing += len(identify(page, reference, **view))
    print(f"{agreeing} agreeing of {hits} hits, {asked} patches asked")
    assert asked > 2_000
    assert hits <= asked * 0.002
    assert agreeing == 0


def test_one_agreeing_hit_names_a_unit_but_is_no_certainty() -> None:
    assert CALIBRATION.unsure_at <= probability(1) < CALIBRATION.match_at <= probability(2)
