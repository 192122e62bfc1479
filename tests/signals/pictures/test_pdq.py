"""PDQ: equal to the reference on its own pictures, and the batched way equal to the whole-picture way."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from marque.signals.pictures import pdq

REFERENCE = Path(__file__).parents[3] / ".." / "shared" / "data" / "images" / "pdq"


@pytest.mark.realdata
@pytest.mark.skipif(not REFERENCE.exists(), reason="no shared data")
def test_equals_the_reference_in_every_mode() -> None:
    rows = list(csv.reader((REFERENCE / "reference_hashes.tsv").read_text().splitlines(), delimiter="\t"))[1:]
    away = {}
    for name, _, _, quality, wanted, *_ in rows:
        with Image.open(REFERENCE / name) as image:
            code, ours = pdq.of_rgb(np.asarray(image.convert("RGB")))
        away[name] = pdq.distance(code, np.frombuffer(bytes.fromhex(wanted), np.uint8)), ours - int(quality)
    assert len(away) == 36
    assert {name: found for name, found in away.items() if found != (0, 0)} == {}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_patches_hash_as_whole_pictures_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    patches = rng.integers(0, 256, (3, pdq.SIDE, pdq.SIDE)).astype(np.uint8)
    codes, turned, quality = pdq.of_patches(patches)
    for patch, code, upside_down, good in zip(patches, codes, turned, quality, strict=True):
        whole, whole_quality = pdq.of_luminance(patch.astype(np.float32))
        assert pdq.distance(whole, code) <= 2  # whole numbers against single precision
        assert whole_quality == good
        assert pdq.distance(pdq.of_luminance(patch[::-1].astype(np.float32))[0], upside_down) <= 2


@pytest.mark.parametrize(
    ("shape", "value"),
    [pytest.param((4, 900), 90, id="too low"), pytest.param((900, 3), 90, id="too narrow")],
)
def test_gives_no_hash_where_there_is_too_little(shape: tuple[int, int], value: int) -> None:
    code, quality = pdq.of_luminance(np.full(shape, value, np.float32))
    assert (pdq.hexadecimal(code), quality) == ("0" * 64, 0)


def test_an_even_picture_has_no_quality() -> None:
    assert pdq.of_luminance(np.full((200, 300), 128, np.float32))[1] == 0


def test_no_patches_give_no_codes() -> None:
    codes, turned, quality = pdq.of_patches(np.zeros((0, pdq.SIDE, pdq.SIDE), np.uint8))
    assert (codes.shape, turned.shape, quality.shape) == ((0, 32), (0, 32), (0,))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_hash_of_a_negative_turned_about_is_nearly_the_pictures(seed: int) -> None:
    patch = np.random.default_rng(seed).integers(0, 256, (pdq.SIDE, pdq.SIDE)).astype(np.uint8)
    codes, _, _ = pdq.of_patches(np.stack([patch, 255 - patch[::-1, ::-1]]))
    assert pdq.distance(pdq.inverse(codes[1:])[0], codes[0]) <= 31
    assert np.array_equal(pdq.inverse(pdq.inverse(codes)), codes)
