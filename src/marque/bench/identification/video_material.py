"""Films drawn by our own code: scenes with painted sets, drawn people, camera moves and cuts; series with an opening.

Episodes of a series share their opening and some of their sets, as real ones do: its pictures where they are painted in
one style (every third work), its layout only where not. One film in two begins with the logo of a studio. No figure
speaks for pictures unlike these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT, RATE = 384, 216, 12
LOGO, OPENING = 3.0, 9.0  # seconds
_WIDE, _HIGH = 960, 540  # a set, of which the camera shows a part

Picture = npt.NDArray[np.uint8]
Dice = np.random.Generator


@dataclass(frozen=True, slots=True)
class Work:
    """A film: its `unit` in the catalogue, None where it is unknown; the series it is an episode of, if any."""

    name: str
    series: str
    style: int
    unit: int | None
    logo: bool


@dataclass(frozen=True, slots=True)
class _Person:
    """Where in the set somebody stands, where they go to (a second), how large, and in which colours."""

    x: float
    y: float
    dx: float
    dy: float
    size: float
    skin: tuple[int, int, int]
    coat: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A set, a move of the camera over it (left, top, width of what it shows, first and last), and people."""

    seconds: float
    back: Picture
    first: tuple[float, float, float]
    last: tuple[float, float, float]
    people: tuple[_Person, ...]


def dice_of(*words: object) -> Dice:
    """Dice that fall the same for the same words."""
    return np.random.default_rng(list("/".join(map(str, words)).encode()))


def shelf(works: int) -> list[Work]:
    """Half of them known. Of every twelve: four episodes of a series, two of another, and six films of their own."""
    pattern = [(0, 1), (0, 1), (0, 0), (0, 0), (1, 1), (1, 0), (-1, 1), (-1, 0), (-1, 1), (-1, 0), (-1, 1), (-1, 0)]
    found: list[Work] = []
    known = 0
    for number in range(works):
        series, catalogued = pattern[number % len(pattern)]
        group = f"series {number // len(pattern)} {series}" if series >= 0 else f"film {number}"
        found.append(Work(f"work {number}", group, number % 3, known if catalogued else None, number % 2 == 0))
        known += catalogued
    return found


def frames(work: Work, seed: int, seconds: float) -> Iterator[Picture]:
    """The film's frames, RATE a second."""
    for scene in _scenes(work, seed, seconds):
        yield from _shown(scene)


def _scenes(work: Work, seed: int, seconds: float) -> Iterator[_Scene]:
    if work.logo:
        yield from _cuts(dice_of(seed, "studio"), 0, LOGO, None)
    if work.series.startswith("series"):
        yield from _cuts(dice_of(seed, work.series, "opening"), work.style, OPENING, None)
    sets = [_set(dice_of(seed, work.series, "set", number), work.style) for number in range(2)]
    left = seconds - (LOGO if work.logo else 0) - (OPENING if work.series.startswith("series") else 0)
    yield from _cuts(dice_of(seed, work.name), work.style, left, sets)


def _cuts(dice: Dice, style: int, seconds: float, sets: list[Picture] | None) -> Iterator[_Scene]:
    """Scenes that fill so many seconds; one in four stands in one of the sets of the series."""
    while seconds > 0.5:
        length = min(seconds, float(dice.uniform(2.0, 7.0)))
        seconds -= length
        back = sets[int(dice.integers(len(sets)))] if sets and dice.random() < 0.25 else _set(dice, style)
        yield _scene(dice, back, length)


def _scene(dice: Dice, back: Picture, seconds: float) -> _Scene:
    wide = float(dice.uniform(0.45, 0.95)) * _WIDE
    first = _view(dice, wide)
    kind = dice.random()
    last = first if kind < 0.4 else _view(dice, wide if kind < 0.7 else wide * float(dice.uniform(0.8, 1.0)))
    middle = [(a + b) / 2 for a, b in zip(first, last, strict=True)]
    people = tuple(_person(dice, middle) for _ in range(int(dice.integers(1, 4))))
    return _Scene(seconds, back, first, last, people)


def _view(dice: Dice, wide: float) -> tuple[float, float, float]:
    high = wide * HEIGHT / WIDTH
    return float(dice.uniform(0, _WIDE - wide)), float(dice.uniform(0, _HIGH - high)), wide


def _person(dice: Dice, view: list[float]) -> _Person:
    left, top, wide = view
    return _Person(
        left + wide * float(dice.uniform(0.1, 0.9)),
        top + wide * 0.56 * float(dice.uniform(0.4, 0.8)),
        wide * float(dice.uniform(-0.12, 0.12)),
        wide * float(dice.uniform(-0.03, 0.03)),
        wide * float(dice.uniform(0.06, 0.22)),
        _colour(dice, 120, 240),
        _colour(dice, 10, 240),
    )


def _colour(dice: Dice, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = dice.integers(low, high, 3).tolist()
    return red, green, blue


def _set(dice: Dice, style: int) -> Picture:
    """A place: painted clouds, flat houses, or a grainy night."""
    back = _clouds(dice, (90, 60, 45)[style], (150, 170, 70)[style])
    for _ in range(int(dice.integers(8, 22))):
        _thing(dice, back, style)
    if style == 2:
        grain = dice.normal(0, 8, (*back.shape[:2], 1))
        back = np.clip(back * 0.8 + grain, 0, 255).astype(np.uint8)
    return back


def _clouds(dice: Dice, swing: int, middle: int) -> Picture:
    total = np.zeros((_HIGH, _WIDE, 3), np.float32)
    for octave in range(1, 6):
        rough = dice.normal(0, swing / octave, (2**octave, 2 ** (octave + 1), 3)).astype(np.float32)
        total += cv2.resize(rough, (_WIDE, _HIGH), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(total * 0.6 + middle, 0, 255), np.uint8)


def _thing(dice: Dice, back: Picture, style: int) -> None:
    """A house, a hill, a moon or a tree."""
    x, y = int(dice.integers(0, _WIDE)), int(dice.integers(0, _HIGH))
    wide, high = (int(number) for number in dice.integers(20, 170, 2))
    colour, kind = _colour(dice, 10, 120 if style == 2 else 245), dice.integers(4)
    if kind == 0:
        cv2.rectangle(back, (x, y), (x + wide, y + high), colour, -1)
        for row in range(y + 8, y + high - 8, 18):
            for column in range(x + 8, x + wide - 8, 18):
                if dice.random() < 0.6:
                    cv2.rectangle(back, (column, row), (column + 8, row + 10), _colour(dice, 60, 255), -1)
    elif kind == 1:
        cv2.fillPoly(back, [(dice.integers(-90, 90, (6, 2)) + np.array([x, y])).astype(np.int32)], colour)
    elif kind == 2:
        cv2.ellipse(back, (x, y), (wide // 2, high // 2), 0, 0, 360, colour, -1)
    else:
        cv2.line(back, (x, y), (x + wide, y - high), colour, int(dice.integers(2, 9)))
    if style == 1:
        cv2.rectangle(back, (x, y), (x + wide // 2, y + high // 3), (20, 20, 20), 2)


def _shown(scene: _Scene) -> Iterator[Picture]:
    count = max(1, round(scene.seconds * RATE))
    for number in range(count):
        done, passed = number / count, number / RATE
        left, top, wide = (a + (b - a) * done for a, b in zip(scene.first, scene.last, strict=True))
        zoom = WIDTH / wide
        move = np.array([[zoom, 0, -left * zoom], [0, zoom, -top * zoom]])
        frame = np.asarray(cv2.warpAffine(scene.back, move, (WIDTH, HEIGHT), flags=cv2.INTER_AREA), np.uint8)
        for person in scene.people:
            place = (person.x + person.dx * passed - left) * zoom, (person.y + person.dy * passed - top) * zoom
            _draw(frame, person, place, person.size * zoom, passed)
        yield frame


def _draw(frame: Picture, person: _Person, place: tuple[float, float], size: float, passed: float) -> None:
    """Somebody who walks: legs and arms swing, the head nods."""
    x, y = int(place[0]), int(place[1] + 0.04 * size * np.sin(6 * passed))
    thick = max(2, int(size / 9))
    for side in (-1, 1):
        swing = 0.3 * size * np.sin(5 * passed + side)
        cv2.line(frame, (x, y + int(size * 0.6)), (int(x + swing), y + int(size * 1.3)), (25, 25, 30), thick)
        cv2.line(frame, (x, y + int(size * 0.1)), (int(x - swing + side * 8), y + int(size * 0.5)), person.skin, thick)
    cv2.ellipse(frame, (x, y + int(size * 0.3)), (int(size * 0.3), int(size * 0.45)), 0, 0, 360, person.coat, -1)
    cv2.circle(frame, (x, y - int(size * 0.35)), int(size * 0.28), person.skin, -1)
    for side in (-1, 1):
        cv2.circle(frame, (x + int(side * size * 0.1), y - int(size * 0.4)), max(1, int(size * 0.05)), (10, 10, 10), -1)
    cv2.ellipse(frame, (x, y - int(size * 0.25)), (int(size * 0.1), int(size * 0.05)), 0, 0, 180, (30, 20, 120), 2)


def encode(path: Path, pictures: Iterator[Picture], rate: float = RATE, crf: int = 20, **more: Any) -> Path:
    """A film file, by the encoder that PyAV brings."""
    import av

    with av.open(str(path), "w", **more) as container:
        stream = None
        for picture in pictures:
            if stream is None:
                stream = container.add_stream("libx264", rate=Fraction(rate).limit_denominator(1000))
                stream.height, stream.width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
                stream.pix_fmt = "yuv420p"
                stream.options = {"crf": str(crf), "preset": "ultrafast", "g": "60", "threads": "1"}
            even = np.ascontiguousarray(picture[: stream.height, : stream.width])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(even, format="bgr24")))
        if stream is not None:
            container.mux(stream.encode(None))
    return path


def decode(path: Path) -> Iterator[Picture]:
    """Its frames again."""
    import av

    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
