"""Which pictures of a page are worth reading."""

import pytest

from marque.signals.extract import Memory, extract
from marque.signals.marks import asked
from tests.signals.captured import exchange

SLICES = "".join(f'<img data-src="https://i.example/ep/{at:02d}.jpg" src="data:x">' for at in range(1, 10))


@pytest.fixture(autouse=True)
def asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(asked.SETTING, "1")


def ends(page: str) -> list[str]:
    memory = Memory()
    list(extract(exchange(page), memory))
    return [tail for _, tail in memory.panels]


def test_both_ends_and_their_neighbours() -> None:
    page = f'<img src="/logo.png">{SLICES}<img src="/up/credits.png"><img src="/up/badge.png">'
    assert ends(page) == [
        "toon.example/logo.png",
        "ep/01.jpg",
        "ep/02.jpg",
        "ep/08.jpg",
        "ep/09.jpg",
        "up/credits.png",
    ]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p>no pictures</p>", id="none"),
        pytest.param('<img src="/a/1.jpg"><img src="/b/2.jpg"><img src="/c/3.jpg">', id="of many folders"),
        pytest.param('<img src="/a/1.gif"><img src="/a/2.svg"><img src="data:image/png;base64,AA">', id="drawings"),
    ],
)
def test_pages_without_a_strip(page: str) -> None:
    assert ends(page) == []


def test_a_strip_that_only_a_script_names() -> None:
    named = ",".join(f'"https:\\/\\/i.example\\/ep\\/{at}.webp?v=1"' for at in range(1, 7))
    assert ends(f"<script>var pages=[{named}]</script>") == [f"ep/{at}.webp?v=1" for at in (1, 2, 5, 6)]


def test_a_capture_with_countless_pages_is_bounded() -> None:
    memory = Memory()
    for at in range(60):
        list(extract(exchange(SLICES.replace("/ep/", f"/{at}/"), f"https://toon.example/{at}"), memory))
    assert len(memory.panels) == 120


def test_nothing_is_named_where_nobody_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(asked.SETTING)
    assert ends(SLICES) == []
