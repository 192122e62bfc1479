"""Which recording plays, where in it, and how sure that is."""

import time

import numpy as np
import pytest

from marque.works.audio import model
from marque.works.audio.identify import identify
from marque.works.audio.model import Codes, Floats
from marque.works.audio.reference import Reference, build
from marque.works.audio.spectrogram import RATE
from marque.works.model import MATCH, UNSURE
from tests.works.audio.sounds import clicks, cut, known, noise, song, sweep, table, tone


@pytest.fixture(scope="module")
def reference() -> Reference:
    return build([known(1), known(2), table(clicks(20)), table(tone(440, 20)), table(sweep(20))])


def faster(sound: Floats, factor: float) -> Floats:
    at = np.arange(0, len(sound) - 1, factor)
    return np.asarray(np.interp(at, np.arange(len(sound)), sound), np.float32)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda sound: sound, id="as it is"),
        pytest.param(lambda sound: faster(sound, 1.04), id="4 % faster"),
        pytest.param(lambda sound: faster(sound, 1 / 1.06), id="6 % slower"),
        pytest.param(lambda sound: sound * np.float32(0.03), id="quiet"),
        pytest.param(lambda sound: -sound, id="upside down"),
        pytest.param(lambda sound: sound + noise(11, float(sound.std()) * 0.3), id="noise, 10 dB"),
        pytest.param(lambda sound: np.clip(sound, -0.15, 0.15), id="clipped"),
    ],
)
def test_a_clip_is_found_at_its_place(change: object, reference: Reference) -> None:
    assert callable(change)
    found = identify(table(change(cut(2, 7.0, 18.0))), reference)
    assert [(one.unit, one.answer) for one in found] == [(1, MATCH)]
    span = found[0].spans[0]
    assert span.start == pytest.approx(7.0 + span.query_start, abs=0.8)
    assert span.end == pytest.approx(18.0, abs=2.5)
    assert found[0].seen <= found[0].of == 24


def test_a_mix_of_two_names_both_and_where(reference: Reference) -> None:
    found = identify(table(cut(1, 2, 12), cut(5, 0, 5), cut(2, 5, 15), cut(1, 14, 24)), reference)
    assert {(one.unit, one.answer) for one in found} == {(0, MATCH), (1, MATCH)}
    places = {one.unit: [(round(span.query_start), round(span.start)) for span in one.spans] for one in found}
    assert places[1] == [(15, 5)]
    assert [place[0] for place in places[0]] == [0, 25]
    assert [place[1] for place in places[0]] == [2, 14]


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(lambda: song(5), id="another work"),
        pytest.param(lambda: song(1)[::-1], id="backwards"),
        pytest.param(lambda: clicks(15), id="metronome"),
        pytest.param(lambda: tone(440, 15), id="test tone"),
        pytest.param(lambda: sweep(15), id="sweep"),
        pytest.param(lambda: noise(15), id="noise"),
        pytest.param(lambda: np.zeros(15 * RATE, np.float32), id="silence"),
        pytest.param(lambda: np.zeros(0, np.float32), id="nothing"),
    ],
)
def test_what_is_not_in_the_catalogue_is_not_named(sound: object, reference: Reference) -> None:
    assert callable(sound)
    assert identify(table(sound()), reference) == []


def test_a_few_seconds_are_no_match(reference: Reference) -> None:
    assert [one.answer for one in identify(table(cut(2, 9, 13)), reference)] == [UNSURE]


def test_a_shared_jingle_names_nobody() -> None:
    jingle = cut(3, 2, 9)
    reference = build([table(song(1), jingle), table(song(2), jingle)])
    assert identify(table(song(5), jingle), reference) == []


def test_a_loop_is_no_match_however_long() -> None:
    reference = build([table(*[cut(3, 2, 4)] * 12), known(1)])
    assert MATCH not in [one.answer for one in identify(table(*[cut(3, 2, 4)] * 12), reference)]


def test_one_recording_under_two_names_is_named_by_both() -> None:
    reference = build([known(1), table(song(1) * np.float32(0.5)), known(2)])
    assert [(one.unit, one.answer) for one in identify(table(cut(1, 5, 16)), reference)] == [(0, MATCH), (1, MATCH)]


def test_an_empty_catalogue() -> None:
    assert identify(known(1), build([])) == []


@pytest.mark.slow
def test_one_loop_for_long_costs_little() -> None:
    codes = model.read(table(*[cut(3, 2, 4)] * 6))
    times = 20
    long = model.table(
        Codes(
            codes.seconds * times,
            np.concatenate([codes.time + np.float32(codes.seconds * number) for number in range(times)]),
            np.tile(codes.pitch, times),
            np.tile(codes.codes, (times, 1)),
        ),
    )
    begun = time.process_time()
    assert MATCH not in [one.answer for one in identify(long, build([long]))]
    assert time.process_time() - begun < 30
