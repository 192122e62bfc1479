"""Groups' marks on panels, from the page that names the picture to the sighting; off unless asked for."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from marque.signals.extract import Memory, extract
from marque.signals.marks import asked
from marque.signals.model import Sighting
from tests.signals.captured import exchange
from tests.signals.marks.reader import forget, installed

PAGE = "https://toon.example/ep/1"
SLICES = "".join(f'<img src="/s/{at}.png">' for at in range(1, 7))
SAID = [("Scans", 91.0), ("by", 92.0), ("Aurora", 90.0), ("Scans", 93.0)]


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    yield
    forget()


def picture(width: int = 600, height: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 200).save(out, "PNG")
    return out.getvalue()


def read(data: bytes, address: str, page: str = SLICES, media: str = "image/png") -> list[Sighting]:
    memory, own = Memory(), exchange(page, PAGE)
    list(extract(own, memory))
    shown = exchange(data, address if ":" in address else f"https://toon.example{address}", page_uri=PAGE, media=media)
    loaded = replace(shown, record=replace(shown.record, page=own.record.record))
    return [each for each in extract(loaded, memory) if each.kind == "release-group"]


def test_a_mark_spans_its_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, SAID)
    (found,) = read(picture(), "/s/1.png")
    assert (found.value, found.role, found.part, found.extractor) == ("aurora scans", "site", "payload", "panel-marks")
    assert (found.start, found.end, found.site) == (0, len(picture()), "toon.example")


def test_a_saved_page_names_its_pictures_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, SAID)
    saved = SLICES.replace("/s/", "./ep_files/")
    (found,) = read(picture(), "file:///0123abcd/ep_files/1.png", saved)
    assert (found.value, found.site) == ("aurora scans", "toon.example")


def test_nothing_is_read_where_nobody_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, SAID)
    monkeypatch.delenv(asked.SETTING)
    assert read(picture(), "/s/1.png") == []


@pytest.mark.parametrize(
    ("data", "address"),
    [
        pytest.param(picture(), "/s/3.png", id="in the middle of the strip"),
        pytest.param(picture(), "/other.png", id="not named by the page"),
        pytest.param(picture(200, 900), "/s/1.png", id="too narrow"),
        pytest.param(picture(400, 150), "/s/1.png", id="too small"),
        pytest.param(picture()[:100], "/s/1.png", id="cut"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "/s/1.png", id="zeros behind a sign"),
        pytest.param(b"no picture", "/s/1.png", id="no picture"),
    ],
)
def test_pictures_that_are_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes, address: str) -> None:
    installed(monkeypatch, tmp_path, SAID)
    assert read(data, address) == []


def test_what_the_program_is_unsure_of_is_no_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, [(word, 20.0) for word, _ in SAID])
    assert read(picture(), "/s/1.png") == []


def test_a_program_that_fails_costs_its_picture_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, SAID)
    program = tmp_path / "tesseract"
    program.write_text(program.read_text("utf-8").replace("printf", "exit 9 #"), "utf-8")
    assert read(picture(), "/s/1.png") == []
    installed(monkeypatch, tmp_path, SAID)
    assert [found.value for found in read(picture(), "/s/2.png")] == ["aurora scans"]
