"""What pirates do to film: re-encoding, bars, mirrors, other speeds, pictures over and beside it, cuts, a camera."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from marque.bench.identification.video_material import RATE, Dice, Picture

Change = Callable[[Iterable[Picture], Iterable[Picture], Dice], Iterator[Picture]]


@dataclass(frozen=True, slots=True)
class Attack:
    """`change` is given the frames, those of a film that is in no catalogue, and dice.

    `named` says whether a match is wanted: a few seconds, or scenes shuffled as in a trailer, must not be one.
    """

    name: str
    change: Change
    rate: float = RATE
    crf: int = 26
    seconds: float = 60.0
    named: bool = True


def _each(draw: Callable[[Picture], Picture]) -> Change:
    def change(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
        return (np.ascontiguousarray(draw(frame)) for frame in film)

    return change


def _scaled(frame: Picture, share: float) -> Picture:
    rows, columns = frame.shape[:2]
    size = int(columns * share) // 2 * 2, int(rows * share) // 2 * 2
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)


def _letterbox(frame: Picture) -> Picture:
    bar = frame.shape[0] // 7
    return np.asarray(cv2.copyMakeBorder(frame, bar, bar, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0)), np.uint8)


def _framed(frame: Picture) -> Picture:
    small = _scaled(frame, 0.8)
    return np.asarray(cv2.copyMakeBorder(small, 20, 38, 50, 52, cv2.BORDER_CONSTANT, value=(150, 60, 20)), np.uint8)


def _blurred_sides(frame: Picture) -> Picture:
    """As phones are given wide films: a blurred copy above and below."""
    rows, columns = frame.shape[:2]
    back = cv2.GaussianBlur(cv2.resize(frame, (columns, columns)), (31, 31), 0)
    top = (columns - rows) // 2
    back[top : top + rows] = frame
    return np.asarray(back, np.uint8)


def _crop(frame: Picture, share: float) -> Picture:
    rows, columns = (int(side * share) for side in frame.shape[:2])
    return frame[rows:-rows, columns:-columns]


def _grey(frame: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def _gamma(frame: Picture, power: float) -> Picture:
    table = np.clip(255 * (np.arange(256) / 255) ** power, 0, 255).astype(np.uint8)
    return np.asarray(table[frame], np.uint8)


def _logo(frame: Picture) -> Picture:
    marked = frame.copy()
    rows, columns = frame.shape[:2]
    cv2.rectangle(marked, (columns - 110, 12), (columns - 12, 52), (240, 240, 240), -1)
    cv2.putText(marked, "FREE.TEST", (columns - 106, 38), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 200), 2)
    cv2.putText(
        marked, "watch more at films.example", (20, rows - 24), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255, 255, 255), 2
    )
    return marked


def _filmed(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
    """From a screen with a hand-held camera: a slant that sways, a blur, uneven light, noise."""
    for number, frame in enumerate(film):
        rows, columns = frame.shape[:2]
        sway = 4 * np.array([[np.sin(number / 9 + turn), np.cos(number / 13 + turn)] for turn in range(4)])
        corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
        shown = corners + np.array([[22, 10], [-10, 20], [-26, -6], [12, -18]]) + sway
        moved = cv2.warpPerspective(
            frame, cv2.getPerspectiveTransform(corners, shown.astype(np.float32)), (columns, rows)
        )
        light = np.linspace(0.75, 1.05, columns)[None, :, None]
        noisy = cv2.GaussianBlur(moved, (3, 3), 0) * light + dice.normal(0, 4, (rows, columns, 1))
        yield np.clip(noisy, 0, 255).astype(np.uint8)


def _inset(share: float, left: float, top: float, above: bool) -> Change:
    """The film within another one, or another one within the film."""

    def change(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
        for frame, beside in zip(film, other, strict=False):
            back, small = (frame.copy(), beside) if above else (beside.copy(), frame)
            small = _scaled(small, share)
            row, column = int(top * back.shape[0]), int(left * back.shape[1])
            back[row : row + small.shape[0], column : column + small.shape[1]] = small
            yield back

    return change


def _dropped(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
    """Two of three frames: eight a second."""
    return (frame for number, frame in enumerate(film) if number % 3 != 2)


def _doubled(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
    """Every fourth frame twice: fifteen a second."""
    for number, frame in enumerate(film):
        yield frame
        if number % 4 == 3:
            yield frame


def _scenes_removed(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
    for number, frame in enumerate(film):
        if not (14 <= number / RATE < 20 or 38 <= number / RATE < 43):
            yield frame


def _trailer(film: Iterable[Picture], other: Iterable[Picture], dice: Dice) -> Iterator[Picture]:
    """Two seconds here and there, in another order."""
    held = list(film)
    starts = dice.permutation(np.arange(0, len(held) - 2 * RATE, 5 * RATE))
    for start in starts.tolist():
        yield from held[start : start + 2 * RATE]


def _combined(frame: Picture) -> Picture:
    return _logo(_scaled(_crop(frame, 0.04)[:, ::-1], 0.8))


_SAME = _each(lambda frame: frame)

ATTACKS: tuple[Attack, ...] = (
    Attack("whole film", _SAME, seconds=1e9),
    Attack("clip of 60 s", _SAME),
    Attack("crf 38", _SAME, crf=38),
    Attack("three eighths of the size", _each(lambda frame: _scaled(frame, 0.375))),
    Attack("letterbox", _each(_letterbox)),
    Attack("coloured frame", _each(_framed)),
    Attack("blurred sides", _each(_blurred_sides)),
    Attack("mirrored", _each(lambda frame: frame[:, ::-1])),
    Attack("4 % faster", _SAME, rate=RATE * 1.04),
    Attack("4 % slower", _SAME, rate=RATE * 0.96),
    Attack("25 for 24", _SAME, rate=RATE * 25 / 24),
    Attack("within another film", _inset(0.62, 0.3, 0.3, above=False)),
    Attack("another film in its corner", _inset(0.35, 0.63, 0.63, above=True)),
    Attack("logo and lettering", _each(_logo)),
    Attack("crop 5 %", _each(lambda frame: _crop(frame, 0.05))),
    Attack("grey", _each(_grey)),
    Attack("gamma", _each(lambda frame: _gamma(frame, 0.6))),
    Attack("filmed from a screen", _filmed),
    Attack("8 frames a second", _dropped, rate=8),
    Attack("15 frames a second", _doubled, rate=15),
    Attack("scenes removed", _scenes_removed),
    Attack("mirror, crop, logo, size, faster", _each(_combined), rate=RATE * 1.03, crf=32),
    Attack("clip of 8 s", _SAME, seconds=8.0, named=False),
    Attack("as a trailer", _trailer, seconds=1e9, named=False),
)
