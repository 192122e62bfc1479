"""Banners and logos by what they look like, whoever saved them again."""

import io

import numpy as np
import pytest
from PIL import Image

from marque.signals.extract import Memory, extract
from marque.signals.pictures import pdq
from tests.signals.captured import exchange

PAGE = "https://toon.example/"


def drawn(seed: int, kind: str = "PNG", size: tuple[int, int] = (468, 120)) -> bytes:
    """Soft shapes, the same for a seed, saved in one of several ways."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 12, 3), np.uint8)
    picture = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, kind, quality=60)
    return out.getvalue()


def hashes(page: str, data: bytes, address: str) -> list[tuple[str, str]]:
    memory = Memory()
    list(extract(exchange(page), memory))
    shown = exchange(data, address, page_uri=PAGE, media="image/png")
    return [(each.value, each.role) for each in extract(shown, memory) if each.kind == "image-hash"]


BANNER = '<a href="https://casino.test/?r=1"><img src="/b/1.jpg"></a>'


def test_a_banner_saved_again_looks_the_same() -> None:
    address = f"{PAGE}b/1.jpg"
    ((one, role),), ((other, _),) = (hashes(BANNER, drawn(1, kind), address) for kind in ("PNG", "JPEG"))
    assert role == "advertiser"
    codes = [np.frombuffer(bytes.fromhex(value), np.uint8) for value in (one, other)]
    assert pdq.distance(*codes) <= 31  # the reference takes this for the same picture
    ((third, _),) = hashes(BANNER, drawn(2), address)
    assert pdq.distance(codes[0], np.frombuffer(bytes.fromhex(third), np.uint8)) > 64


@pytest.mark.parametrize(
    "page",
    [
        pytest.param('<img class="site-logo" src="/l.png">', id="by class"),
        pytest.param('<header><img id="Logo" data-src="/l.png"></header>', id="by id, loaded later"),
    ],
)
def test_logos_are_the_site_s(page: str) -> None:
    assert [role for _, role in hashes(page, drawn(3, size=(200, 200)), f"{PAGE}l.png")] == ["site"]


@pytest.mark.parametrize(
    ("page", "data"),
    [
        pytest.param('<img src="/l.png">', drawn(3), id="a picture nobody named"),
        pytest.param('<img class="logo" src="/l.png">', drawn(3)[:200], id="cut"),
        pytest.param('<img class="logo" src="/l.png">', b"no picture", id="no picture"),
        pytest.param('<img class="logo" src="/l.png">', drawn(3, size=(8, 8)), id="too small to see"),
        pytest.param(
            '<img class="logo" src="/l.png">',
            drawn(0)[:0] + b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
            id="zeros behind a sign",
        ),
    ],
)
def test_nothing_is_said_of_others(page: str, data: bytes) -> None:
    assert hashes(page, data, f"{PAGE}l.png") == []
