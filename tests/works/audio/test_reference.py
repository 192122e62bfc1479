"""What a catalogue's codes may say."""

import numpy as np
import pytest

from marque.errors import InputRefused
from marque.works.audio import model, reference
from tests.works.audio.sounds import cut, known, song, table


def test_other_works_keep_their_votes() -> None:
    made = reference.build([known(1), known(2)])
    assert made.votes.mean() > 0.98
    assert made.twins.tolist() == [0, 1]


def test_what_two_works_share_has_no_vote() -> None:
    jingle = cut(3, 2, 8)
    made = reference.build([table(song(1), jingle), table(song(2), jingle)])
    late = made.time > 25.5
    assert made.votes[late].mean() < 0.3
    assert made.votes[made.time < 22].mean() > 0.98


def test_one_recording_under_two_names_keeps_its_votes() -> None:
    made = reference.build([known(2), known(1), table(np.zeros(5_000, np.float32), song(1) * np.float32(0.5))])
    assert made.twins.tolist() == [0, 1, 1]
    assert made.votes.mean() > 0.95


def test_what_comes_again_points_to_its_first() -> None:
    loop = cut(3, 2, 5)
    made = reference.build([table(*[loop] * 8)])
    assert len(np.unique(made.first)) < 0.4 * len(made.first)
    assert made.time[made.fresh].max() < 6


def test_a_silent_unit_and_an_empty_catalogue() -> None:
    assert len(reference.build([]).unit) == 0
    assert len(reference.build([table(np.zeros(9_000, np.float32))]).unit) == 0


def test_a_foreign_fingerprint_is_refused() -> None:
    with pytest.raises(InputRefused):
        reference.build([known(1), model.TABLE.empty_table().replace_schema_metadata({})])
