"""A real comic: its English edition finds the other languages under attack, and unknown episodes are not claimed."""

import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from marque.works.catalogue import Catalogue
from marque.works.fingerprint import fingerprints
from marque.works.match import match
from marque.works.model import MATCH
from tests.works.drawing import Pixels
from tests.works.exchanges import reader

STRIPS = Path(__file__).parents[2] / ".." / "shared" / "data" / "images" / "comic" / "strips"
KNOWN, UNKNOWN = ("E01", "E03", "E05", "E09", "E11"), ("E07", "E13", "E17", "E21")

# Width factor, share cut off each side, JPEG quality, height of slices.
ATTACKS = {
    "re-sliced": (1.0, 0.0, 85, 1000),
    "quality 30": (1.0, 0.0, 30, 900),
    "half the size": (0.5, 0.0, 85, 1000),
    "sides cut by 4 %": (1.0, 0.04, 85, 1100),
    "all together": (0.6, 0.04, 40, 777),
}

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.skipif(not STRIPS.exists(), reason="no shared data"),
]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    made = Catalogue.create(tmp_path_factory.mktemp("comic") / "catalogue")
    for name in KNOWN:
        made.add("comic", name, "en", images=[STRIPS / "en" / name])
    return made


def strip(language: str, episode: str) -> Pixels:
    return np.concatenate(
        [
            np.asarray(Image.open(path).convert("RGB"), np.uint8)
            for path in sorted((STRIPS / language / episode).iterdir())
        ]
    )


def attacked(pixels: Pixels, name: str) -> list[bytes]:
    factor, share, quality, height = ATTACKS[name]
    cut = round(pixels.shape[1] * share)
    pixels = np.ascontiguousarray(pixels[:, cut : pixels.shape[1] - cut])
    out = []
    for top in range(0, pixels.shape[0], height):
        image = Image.fromarray(pixels[top : top + height])
        size = (round(image.width * factor), max(1, round(image.height * factor)))
        stream = io.BytesIO()
        image.resize(size, Image.Resampling.LANCZOS).save(stream, "JPEG", quality=quality)
        out.append(stream.getvalue())
    return out


@pytest.mark.parametrize(
    ("language", "attacks"),
    [("kr", list(ATTACKS)), ("es", ["all together"]), ("ja", ["quality 30", "sides cut by 4 %"])],
)
def test_other_editions_are_found_under_attack(known: Catalogue, language: str, attacks: list[str]) -> None:
    prints: list[pa.Table] = []
    wanted: list[tuple[str, str, str]] = []
    names = [name for name in (*KNOWN, *UNKNOWN) if (STRIPS / language / name).exists()]
    for episode in names:
        pixels = strip(language, episode)
        for attack in attacks:
            number = len(prints) * 1000
            prints.append(fingerprints(reader(attacked(pixels, attack), number)))
            if episode in KNOWN:
                wanted.append((f"cap:{number}", episode, MATCH))
    rows = match(pa.concat_tables(prints), known).to_pylist()
    found = [(row["page"], row["unit"], row["answer"]) for row in rows]
    print(f"{language}: {len(set(found) & set(wanted))} of {len(wanted)} found, {len(set(found) - set(wanted))} false")
    assert sorted(found) == sorted(wanted)


def test_unknown_english_episodes_are_not_claimed(known: Catalogue) -> None:
    prints = [
        fingerprints(reader(attacked(strip("en", episode), attack), 1000 * number))
        for number, (episode, attack) in enumerate(zip(UNKNOWN, ATTACKS, strict=False))
    ]
    assert match(pa.concat_tables(prints), known).to_pylist() == []
