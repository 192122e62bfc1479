"""Icons count by what the page says of them, wherever they lie; another site's icon does not."""

import base64

import mmh3
import pytest

from marque.signals.extract import Memory, extract
from tests.signals.captured import exchange

ICON = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
HASH = str(mmh3.hash(base64.encodebytes(ICON)))


def icons(page: str, address: str) -> list[str]:
    memory = Memory()
    list(extract(exchange(page), memory))
    shown = exchange(ICON, address, page_uri="https://toon.example/", media="image/png")
    return [sighting.value for sighting in extract(shown, memory) if sighting.kind == "favicon-mmh3"]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        pytest.param('<link rel="icon" href="/i/mark.png">', "https://toon.example/i/mark.png", id="any name"),
        pytest.param(
            '<link rel="shortcut icon" href="//cdn.example/m.png">', "https://cdn.example/m.png", id="elsewhere"
        ),
        pytest.param("<LINK REL='Apple-Touch-Icon' HREF='m.png'>", "https://toon.example/m.png", id="capitals"),
        pytest.param("", "https://toon.example/favicon.png", id="by its name"),
    ],
)
def test_icons_of_the_site(page: str, address: str) -> None:
    assert icons(page, address) == [HASH]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        pytest.param('<link rel="stylesheet" href="/i/mark.png">', "https://toon.example/i/mark.png", id="no icon"),
        pytest.param("", "https://cdn.example/favicon.png", id="another site's, not named"),
    ],
)
def test_no_icons_of_the_site(page: str, address: str) -> None:
    assert icons(page, address) == []
