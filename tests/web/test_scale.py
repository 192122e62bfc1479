"""A run as large as a country's answers quickly, wherever in it one looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from marque.web.loading import database
from tests.web import scale
from tests.web.conftest import show_file

# An eighth of the size that the module measures on its own, with a network nearly as large: lists are walked by
# index, so a page that grows with the run is found out at this size already.
SIZE = scale.Size(2_500, 1_200)
SECONDS = 0.5


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("scale")
    place = database.prepare(folder / "cache", scale.build(folder / "runs" / scale.RUN, SIZE), {})
    yield show_file(place)
    connections["default"].close()


@pytest.mark.slow
def test_every_page_of_a_large_run_answers_in_half_a_second(large: Path) -> None:
    show_file(large)
    slow = {name: round(seconds, 2) for name, seconds in scale.medians(SIZE).items() if seconds > SECONDS}
    assert slow == {}
