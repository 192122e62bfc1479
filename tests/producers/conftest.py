"""The invented site, served once a module."""

from collections.abc import Iterator

import pytest

from tests.producers.loopback import serving


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    with serving() as address:
        yield address
