"""Pictures side by side: the same part of the same panel on both sides, and only for the originals themselves."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from marque.errors import InputRefused
from marque.works.catalogue import Catalogue
from marque.works.comparison import casefile, page, pictures
from marque.works.comparison.model import Copy, Page
from tests.works import drawing

EPISODE, OTHER = drawing.episode(61, panels=4), drawing.episode(62, panels=4)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made = Catalogue.create(folder / "c")
    for number, strip in enumerate((EPISODE, OTHER), 1):
        slices = drawing.save(folder / str(number), drawing.slices(strip))
        made.add("moon", str(number), "en", images=[slices])
    return folder


def copied(*files: bytes) -> Page:
    return Page(
        "pirate.example",
        "https://pirate.example/1",
        "2026-03-01",
        tuple(
            Copy(f"{number}", f"https://pirate.example/{number}.jpg", "2026-03-01", data)
            for number, data in enumerate(files)
        ),
    )


def test_both_sides_show_the_same(home: Path) -> None:
    half = Image.fromarray(EPISODE).resize((EPISODE.shape[1] // 2, EPISODE.shape[0] // 2))
    shown = copied(*(drawing.encode(part) for part in drawing.slices(np.asarray(half), 500)))
    found = pictures.compare(Catalogue.open(home / "c"), [shown], [home / "1"])
    section = found.sections[0]
    assert (found.unit.unit, section.answer, section.seen, section.of) == ("1", "match", 4, 4)
    assert len(found.originals) == len(list((home / "1").iterdir()))
    assert section.pieces
    for piece in section.pieces:
        assert piece.pictures is not None
        left, right = (Image.open(io.BytesIO(data)).convert("L").resize((64, 64)) for data in piece.pictures)
        assert np.corrcoef(np.asarray(left).ravel(), np.asarray(right).ravel())[0, 1] > 0.9


def test_what_is_not_the_unit_shows_nothing_beside_it(home: Path) -> None:
    found = pictures.compare(Catalogue.open(home / "c"), [copied(drawing.encode(OTHER))], [home / "1"])
    assert (found.sections[0].answer, found.sections[0].pieces) == ("", ())


def test_copies_that_cannot_be_read_are_named(home: Path) -> None:
    found = pictures.compare(
        Catalogue.open(home / "c"), [copied(b"\xff\xd8\xff junk", drawing.encode(EPISODE))], [home / "1"]
    )
    assert found.sections[0].problems == ("0: works.image-unknown",)
    assert found.sections[0].answer == "match"


def test_originals_must_be_the_originals(home: Path, tmp_path: Path) -> None:
    edited = drawing.save(tmp_path / "edited", drawing.slices(EPISODE[: len(EPISODE) // 2]))
    with pytest.raises(InputRefused) as refused:
        pictures.compare(Catalogue.open(home / "c"), [copied(drawing.encode(EPISODE))], [edited])
    assert refused.value.code == "works.originals-unknown"


def test_the_page_says_it_all_and_runs_nothing(home: Path, tmp_path: Path) -> None:
    hostile = Page("<script>", "https://x.example/<img onerror=alert(1)>", "", copied(drawing.encode(EPISODE)).copies)
    found = pictures.compare(Catalogue.open(home / "c"), [hostile], [home / "1"])
    text = page.render(found, "").decode()
    assert "<script" not in text and "<img onerror" not in text and "https://x.example/&lt;img" in text
    named = page.files(found)
    assert all(f'src="{name}"' in text for name in named) and len(named) == 2 * len(found.sections[0].pieces)
    facts = page.facts(found, "")
    assert facts["originals"] == list(found.originals)


def test_a_copy_at_hand_needs_no_case_file(home: Path, tmp_path: Path) -> None:
    copy = drawing.save(tmp_path / "copy", drawing.slices(EPISODE, 700))
    found, signer = casefile.compare(Catalogue.open(home / "c"), copy, [home / "1"])
    assert (found.sections[0].answer, signer) == ("match", "")
