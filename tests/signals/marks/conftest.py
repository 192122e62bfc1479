"""No test leaves behind what it found out about its own program."""

from collections.abc import Iterator

import pytest

from tests.signals.marks.reader import forget


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    yield
    forget()
