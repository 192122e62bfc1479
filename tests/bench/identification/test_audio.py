"""The benchmark of sound holds what it once reached, and measures what it says."""

import json
from pathlib import Path

import numpy as np
import pytest

import marque.bench.identification
from marque.bench.identification import audio
from marque.works.audio.reference import build

FROZEN = json.loads((Path(marque.bench.identification.__file__).parent / "frozen" / "audio.json").read_text("utf-8"))
SPEECH = "speech on top"  # found too seldom to be promised (docs/decisions/0016-sound-by-spectral-patches.md)


@pytest.mark.slow
def test_no_figure_drops() -> None:
    small = FROZEN["small"]
    sounds = audio.world(small["seed"], small["works"], small["seconds"])
    reference = build([audio.fingerprint(sound) for sound in sounds[::2]])
    found: dict[str, dict[str, float]] = {}
    for figure in audio.rates("", small["seed"], sounds, reference, small["clips"]):
        found.setdefault(figure.case.removeprefix(": "), {})[figure.metric] = figure.value
    assert set(found) == set(small["figures"])
    for case, figures in small["figures"].items():
        assert found[case]["recall"] >= figures["recall"], case
        assert found[case]["false"] <= figures["false"], case


def test_what_is_asked_for_is_reached() -> None:
    figures = FROZEN["full"]["figures"]
    recall = {case: row["recall"] for case, row in figures.items() if SPEECH not in case}
    assert {case: share for case, share in recall.items() if share < 0.95} == {}
    assert {row["false"] for row in figures.values()} == {0.0}


def test_every_second_work_is_unknown_and_a_false_name_is_counted() -> None:
    sounds = audio.world(3, 2, 20.0)
    tables = [audio.fingerprint(sound) for sound in sounds]
    right = audio.tally(sounds, build(tables[:1]), lambda sound, _: sound, 4, np.random.default_rng(1))
    assert (right.known, right.asked, right.false) == (2, 4, 0)
    wrong = audio.tally(sounds, build(tables[1:]), lambda sound, _: sound, 4, np.random.default_rng(1))
    assert (wrong.right, wrong.false) == (0, 2)
