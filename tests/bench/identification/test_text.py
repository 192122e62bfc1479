"""The benchmark of texts holds what it once reached, and measures what it says."""

import json
from pathlib import Path

import pytest

import marque.bench.identification
from marque.bench.identification import text
from marque.bench.identification.text_attacks import ATTACKS, MAIN, Attack, plain, quoted
from marque.bench.model import Figure
from marque.training.prose import LANGUAGES, dice_of, novel

FROZEN = json.loads((Path(marque.bench.identification.__file__).parent / "frozen" / "text.json").read_text("utf-8"))
RISES = ("named right", "matched")
FALLS = ("wrong works named", "unknown works named", "unknown works matched")
REPORTED = ("one sentence quoted elsewhere",)  # what is found of a sentence is no merit


@pytest.mark.slow
def test_no_figure_drops() -> None:
    small = FROZEN["small"]
    found = {
        (figure.case, figure.metric): figure.value
        for figure in text.own(text.world(small["seed"], small["works"]), small["seed"], small["queries"])
        if isinstance(figure, Figure)
    }
    for case, figures in small["figures"].items():
        for metric, value in figures.items():
            if metric in FALLS:
                assert found[case, metric] <= value, (case, metric)
            elif case not in REPORTED:
                assert found[case, metric] >= value, (case, metric)


def test_what_is_asked_for_is_reached() -> None:
    figures = FROZEN["full"]["figures"]
    assert set(figures) == {attack.name for attack in ATTACKS}
    assert figures[MAIN]["named right"] >= 0.95
    assert {figures[case][metric] for case in figures for metric in FALLS} == {0.0}
    assert figures["one sentence quoted elsewhere"]["matched"] == 0.0


def test_half_of_the_works_are_unknown() -> None:
    shelf = text.world(1, 10)
    assert [work.unit for work in shelf] == [0, 1, 2, 3, 4, *[None] * 5]
    assert {work.language for work in shelf} == set(LANGUAGES)


def test_prose_is_the_same_for_the_same_seed() -> None:
    for name in LANGUAGES:
        assert novel(name, 1, "a", 2_000) == novel(name, 1, "a", 2_000) != novel(name, 1, "b", 2_000)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_gives_bytes(attack: Attack) -> None:
    for name in attack.languages:
        excerpt = novel(name, 1, "a", attack.length + 500)[: attack.length]
        data = attack.change(excerpt, dice_of(1, name), name)
        assert isinstance(data, bytes)
        assert data == excerpt.encode() or attack.change is not plain


def test_a_quotation_is_one_sentence() -> None:
    work = novel("en", 1, "a", 2_000)
    data = quoted(work, dice_of(1), "en").decode()
    shared = max((part for part in data.replace("”", "“").split("“") if part.strip() in work), key=len)
    assert 10 < len(shared) <= 200
