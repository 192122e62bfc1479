"""The benchmark of film holds what it once reached, and measures what it says."""

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

import marque.bench.identification
from marque.bench.identification import video
from marque.bench.identification.video_attacks import ATTACKS, Attack
from marque.bench.identification.video_material import LOGO, RATE, dice_of, frames, shelf
from marque.bench.model import Figure

FROZEN = json.loads((Path(marque.bench.identification.__file__).parent / "frozen" / "video.json").read_text("utf-8"))
MAIN = (
    "clip of 60 s",
    "crf 38",
    "three eighths of the size",
    "letterbox",
    "mirrored",
    "4 % faster",
    "4 % slower",
    "within another film",
)
FALLS = ("wrong works matched", "unknown works matched")


@pytest.mark.slow
def test_no_figure_drops() -> None:
    pytest.importorskip("av", reason="PyAV is not installed")
    small = FROZEN["small"]
    attacks = [attack for attack in ATTACKS if attack.name in small["figures"]]
    rows = video.run(small["seed"], small["works"], small["queries"], attacks, small["seconds"])
    found = {(row.case, row.metric): row.value for row in rows if isinstance(row, Figure) and row.subject == "marque"}
    for case, figures in small["figures"].items():
        for metric, value in figures.items():
            if metric in FALLS:
                assert found[case, metric] <= value, (case, metric)
            else:
                assert found[case, metric] >= value, (case, metric)


def test_every_attack_is_frozen_and_what_is_asked_for_is_reached() -> None:
    full = FROZEN["full"]
    figures = full["figures"]
    assert set(figures) == {attack.name for attack in ATTACKS}
    assert min(full["known_clips"], full["unknown_clips"]) >= 5
    assert min(figures[case]["matched"] for case in MAIN) >= 0.95
    assert min(figures[attack.name]["matched"] for attack in ATTACKS if attack.named) >= 0.8
    assert {figures[case][metric] for case in figures for metric in FALLS} == {0.0}
    assert {figures[attack.name]["matched"] for attack in ATTACKS if not attack.named} == {0.0}


def test_half_of_the_works_are_unknown_and_episodes_of_a_series_on_both_sides() -> None:
    works = shelf(12)
    known = [work for work in works if work.unit is not None]
    assert [work.unit for work in known] == [0, 1, 2, 3, 4, 5]
    assert {work.series for work in known} & {work.series for work in works if work.unit is None} == {
        "series 0 0",
        "series 0 1",
    }


def test_films_are_the_same_for_the_same_seed_and_episodes_share_their_opening() -> None:
    one, two = shelf(12)[0], shelf(12)[3]
    logo = int(LOGO * RATE)
    again = [list(islice(frames(one, 1, 10), logo + 20)) for _ in range(2)]
    assert np.array_equal(again[0], again[1])
    assert np.array_equal(again[0][logo:], list(islice(frames(two, 1, 10), 20)))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_gives_frames(attack: Attack) -> None:
    film = list(islice(frames(shelf(12)[1], 1, 10), 3 * RATE))
    changed = list(attack.change(iter(film), iter(film[::-1]), dice_of(attack.name)))
    assert changed
    assert len({frame.shape for frame in changed}) == 1
    assert all(frame.dtype == np.uint8 for frame in changed)
