"""What several works show has no vote, nor what stands beside it; one film under two names keeps its votes."""

import numpy as np
import pyarrow as pa

from marque.works.video.model import CODE_BYTES, PLACE, TABLE
from marque.works.video.reference import CROWD, build


def codes(seed: int, many: int) -> list[bytes]:
    dice = np.random.default_rng(seed)
    return [dice.integers(0, 256, CODE_BYTES).astype(np.uint8).tobytes() for _ in range(many)]


def table(shown: list[bytes]) -> pa.Table:
    """A place a second."""
    many = len(shown)
    columns = {
        "time": [1_000 * second for second in range(many)],
        "lasts": [1_000] * many,
        "kind": [PLACE] * many,
        "x": [0] * many,
        "y": [0] * many,
        "size": [100] * many,
        "code": shown,
    }
    return pa.table(columns, schema=TABLE)


def test_what_two_works_show_has_no_vote_nor_what_stands_beside_it() -> None:
    opening = codes(1, 10)
    shared = [*opening[:4], *codes(2, 1), *opening[5:]]  # one frame of it was coded otherwise
    found = build([table(opening + codes(3, 40)), table(shared + codes(4, 40))])
    votes = found.votes.reshape(2, 50)
    assert not votes[:, :10].any()
    assert votes[:, 14:].all()
    assert found.twins.tolist() == [0, 1]


def test_one_film_under_two_names_keeps_its_votes() -> None:
    film = codes(1, 40)
    found = build([table(film), table(codes(2, 40)), table(film[:30] + codes(3, 10))])
    assert found.twins.tolist() == [0, 1, 0]
    assert found.votes.all()


def test_what_comes_again_is_one_sight() -> None:
    shot = codes(1, 3)
    found = build([table([*shot, *codes(2, 5), *shot])])
    assert found.sight.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2]


def test_a_mark_that_stays_in_the_corner_has_no_vote() -> None:
    mark = codes(1, 1)[0]
    shown = [code for pair in zip([mark] * (CROWD + 50), codes(2, CROWD + 50), strict=True) for code in pair]
    found = build([table(shown)])
    assert not found.votes[::2].any()


def test_no_unit_makes_an_empty_reference() -> None:
    assert len(build([]).votes) == len(build([TABLE.empty_table()]).votes) == 0
