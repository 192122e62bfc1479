"""The soak of unknown pages: its pages are none of the catalogue's, and the frozen figure is a zero of ten thousand."""

import json
from importlib.resources import files
from itertools import islice

import pytest

from marque.bench.identification import strips, unknown
from marque.bench.identification.attacks import ATTACKS
from marque.bench.identification.drawing import STYLES
from marque.bench.model import Figure

FROZEN = json.loads(files("marque.bench.identification").joinpath("frozen", "unknown.json").read_text("utf-8"))


def test_every_second_stranger_is_kin_and_none_is_known() -> None:
    known = {work.source.name for work in strips.drawn(9, 2) if work.known}
    met = list(islice(unknown.strangers(9, 2), 8))
    names = {f"{STYLES[each.style].name} {each.series}.{each.number}" for each in met}
    assert len(names) == 8
    assert not names & known
    assert [each.kin for each in met] == [True, False] * 4
    series = {name.rpartition(".")[0] for name in known}
    for each in met:
        assert (f"{STYLES[each.style].name} {each.series}" in series) == each.kin


@pytest.mark.slow
def test_a_few_strangers_are_matched_to_nothing() -> None:
    rows = {(row.case, row.metric): row for row in unknown.run(seed=9, asks=12, known=1)}
    assert rows["all", "false matches"] == Figure(unknown.BENCH, "marque", "all", "false matches", 0, "of 12")
    assert rows["all", "an ask"].value > 0


def test_the_frozen_figure_is_a_zero_of_ten_thousand() -> None:
    assert FROZEN["asks"] >= 10_000
    assert FROZEN["false_matches"] == 0
    assert FROZEN["asks"] == sum(row["asked"] for row in FROZEN["rows"].values())
    assert all(row["false"] == 0 for row in FROZEN["rows"].values())
    assert len(ATTACKS) >= FROZEN["attacks"]
