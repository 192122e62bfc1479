"""Ten bytes a place: nothing moves by more than placing could notice, and nothing is out of range."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works import index_places
from marque.works.index import Column
from marque.works.index_places import Places

ROWS = st.tuples(st.floats(0, 720), st.floats(0, 1e6, width=32), st.floats(1, 2_000), st.floats(0, 360))


def kept(rows: list[tuple[float, ...]]) -> npt.NDArray[np.float64]:
    packed = index_places.packed(np.array(rows, np.float64).reshape(-1, 4))
    assert packed.nbytes == 10 * len(rows)
    return np.asarray(Places(Column(((len(packed), packed),)))).astype(np.float64)


@given(st.lists(ROWS, max_size=20))
def test_what_comes_back_is_what_was_given_but_for_far_less_than_placing_allows(rows: list[tuple[float, ...]]) -> None:
    given_rows, found = np.array(rows, np.float64).reshape(-1, 4), kept(rows)
    assert (np.abs(found[:, 0] - given_rows[:, 0]) <= 1 / 128).all()
    assert (found[:, 1] == given_rows[:, 1]).all()
    assert (np.abs(np.log(found[:, 2] / given_rows[:, 2])) <= 1 / 2_000).all()
    assert (np.abs((found[:, 3] - given_rows[:, 3] + 180) % 360 - 180) <= 1 / 300).all()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param((-3.0, 5.0, 8.0, -90.0), [0.0, 5.0, 8.0, 270.0], id="left of the strip, turned back"),
        pytest.param((9_999.0, 5.0, 8.0, 720.0), [1023.984375, 5.0, 8.0, 0.0], id="right of it, turned round"),
        pytest.param((0.0, 0.0, 0.0, 359.9999), [0.0, 0.0, 2.0**-10, 0.0], id="of no size"),
        pytest.param((0.0, 0.0, 1e9, 0.0), [0.0, 0.0, 65_504.0, 0.0], id="without end"),
    ],
)
def test_what_cannot_be_is_moved_to_what_can(row: tuple[float, ...], found: list[float]) -> None:
    assert kept([row]).tolist() == [found]
