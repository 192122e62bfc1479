"""The numbers behind a score, measured again: how often strangers' texts run along a unit by chance.

Invented prose with stock phrases shared by all works of a language is harsher than novels by different hands.
"""

import math
from collections import Counter

import pytest

from marque.bench.identification import text
from marque.bench.identification.text_attacks import Attack, plain
from marque.works.text import fingerprint, identify
from marque.works.text.decide import CALIBRATION, charge

LENGTH = 6_000


@pytest.mark.slow
def test_each_vote_is_rarer_by_more_than_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identify, "_LEAST", 0.0)
    shelf = text.world(11, 20)
    catalogue, _ = text.index(shelf)
    votes: Counter[int] = Counter()
    for query in text.asks(shelf, Attack("chance", LENGTH, plain), 11, 8):
        if query.work.unit is None:
            found = dict(identify._stretches(fingerprint.of_bytes(query.data, "stranger"), catalogue))
            for runs in found.values():
                votes.update(least for run in runs for least in (1, 2, 3) if run.votes >= least)
    assert votes[1] > 60
    assert votes[2] <= votes[1] * math.exp(-CALIBRATION.millinats_per_phrase / 1000)
    assert votes[3] == 0


def test_a_measured_chance_stretch_names_nobody() -> None:
    """The heaviest seen was of 3 votes, once in 2,000 asks of 6,000 characters and novels of 120,000."""
    needed = charge(LENGTH, 120_000) + math.log(999 * 9) / (CALIBRATION.millinats_per_phrase / 1000)
    assert needed > 3.5
