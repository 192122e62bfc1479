"""Names of services stay with most of their addresses, and none is given twice."""

import pyarrow as pa
import pytest

from marque.networks import service_names

BEFORE = pa.table({"site": ["a", "b", "c", "d", "e"], "service": ["s-1", "s-1", "s-1", "s-2", "s-2"]})


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        pytest.param([["a", "b", "c"], ["d", "e"]], ["s-1", "s-2"], id="as before"),
        pytest.param([["d", "e", "f"], ["a", "b", "c"]], ["s-2", "s-1"], id="in another order, and one grown"),
        pytest.param([["a", "b", "c", "d", "e"]], ["s-1"], id="merged: the larger one's"),
        pytest.param([["a", "b"], ["c"]], ["s-1", None], id="split: the larger part keeps it"),
        pytest.param([["a"], ["b"]], ["s-1", None], id="split in two alike: the first"),
        pytest.param([["x", "y"]], [None], id="new"),
    ],
)
def test_names_stay(services: list[list[str]], expected: list[str | None]) -> None:
    found = service_names.named(services, [sites[0] for sites in services], BEFORE)
    assert [name if name in {"s-1", "s-2"} else None for name in found] == expected
    assert len(set(found)) == len(found)


def test_a_part_that_left_takes_no_name_that_another_holds() -> None:
    (first,) = service_names.named([["a", "b"]], ["a"], None)
    before = pa.table({"site": ["a", "b"], "service": [first, first]})
    kept, fresh = service_names.named([["b", "x", "y"], ["a"]], ["b", "a"], before)
    assert {kept, fresh} >= {first}
    assert kept != fresh


def test_without_a_run_before_the_oldest_address_names_it() -> None:
    one, other = (service_names.named([["a", "b"], ["c"]], oldest, None) for oldest in (["a", "c"], ["b", "c"]))
    assert one[0] != other[0]
    assert one[1] == other[1]
