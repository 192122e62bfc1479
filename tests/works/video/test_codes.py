"""Codes of frames and places: a mirrored frame has the mirrored codes, and places move with what is shown."""

import cv2
import numpy as np
import pytest

from marque.works.video.codes import PLACES, look, mirrored
from marque.works.video.model import FRAME, PLACE, Bytes, Grey

NEAR = 31


def picture(seed: int, rows: int = 270, columns: int = 480) -> Grey:
    dice = np.random.default_rng(seed)
    rough = cv2.resize(dice.integers(60, 190, (9, 16)).astype(np.uint8), (columns, rows), interpolation=cv2.INTER_CUBIC)
    for _ in range(30):
        x, y, size = dice.integers(20, columns - 20), dice.integers(20, rows - 20), dice.integers(8, 30)
        cv2.ellipse(
            rough, (int(x), int(y)), (int(size), int(size) // 2), float(size), 0, 360, int(dice.integers(255)), -1
        )
    return np.asarray(rough, np.uint8)


def places(codes: Bytes) -> Bytes:
    return np.full(len(codes), PLACE, np.uint8)


def shared(one: Grey, other: Grey, turned: bool = False) -> int:
    """Places of one that are near a place of the other."""
    asked = look(one).codes
    asked = mirrored(asked, places(asked)) if turned else asked
    apart = np.bitwise_count(asked[:, None] ^ look(other).codes[None]).sum(axis=2)
    return int((apart.min(axis=1) <= NEAR).sum())


@pytest.mark.parametrize("seed", range(4))
def test_the_mirrored_frame_has_the_mirrored_code(seed: int) -> None:
    frame = picture(seed)
    flipped = np.ascontiguousarray(frame[:, ::-1])
    assert (
        np.bitwise_count(mirrored(look(frame).whole[None], np.array([FRAME], np.uint8)) ^ look(flipped).whole).sum()
        <= 20
    )
    assert shared(frame, flipped, turned=True) >= 4
    assert shared(frame, flipped) <= 1
    codes = look(frame).codes
    assert (mirrored(mirrored(codes, places(codes)), places(codes)) == codes).all()


@pytest.mark.parametrize("seed", range(4))
def test_places_survive_an_inset_and_a_crop(seed: int) -> None:
    frame = picture(seed)
    inset = picture(seed + 100)
    inset[100:262, 150:438] = cv2.resize(frame, (288, 162), interpolation=cv2.INTER_AREA)
    assert shared(frame, inset) >= 1
    assert shared(frame, frame[14:-14, 24:-24]) >= 4
    assert shared(frame, picture(seed + 50)) == 0


def test_a_plain_frame_says_nothing() -> None:
    seen = look(np.full((270, 480), 90, np.uint8))
    assert seen.plain
    assert len(seen.codes) == 0


@pytest.mark.parametrize("size", [(16, 16), (20, 480), (600, 60)])
def test_small_and_odd_frames_have_a_code_all_the_same(size: tuple[int, int]) -> None:
    seen = look(picture(1)[: size[0], : size[1]] if size[0] < 270 else picture(1, 600, 60))
    assert len(seen.codes) <= PLACES
    assert len(seen.codes) == len(seen.places)
