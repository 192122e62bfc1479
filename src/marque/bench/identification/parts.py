"""The parts of `bench identification`, each measured beside its peers in one run: what is looked for, and the index."""

from collections.abc import Callable, Iterator
from pathlib import Path

from marque.bench.model import Absent, Figure

Rows = Iterator[Figure | Absent]


def _strips(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import strips

    return strips.run(seed, folder=folder)


def _text(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import text

    return text.run(seed)


def _audio(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import audio

    return audio.run(seed)


def _video(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import video

    return video.run(seed)


def _marks(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import marks

    return marks.run(seed)


def _index(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import index

    return index.run(seed=seed)


def _unknown(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import unknown

    return unknown.run(seed)


PARTS: tuple[tuple[str, Callable[[int, Path | None], Rows]], ...] = (
    ("strips", _strips),
    ("video", _video),
    ("audio", _audio),
    ("text", _text),
    ("marks", _marks),
    ("index", _index),
    ("unknown", _unknown),
)
LONG = ("unknown",)  # run only where they are named


def run(names: tuple[str, ...], seed: int, folder: Path | None = None) -> Rows:
    """Figures of the named parts, of all but the long ones where none is named. `folder`: real strips, by language."""
    for name, measure in PARTS:
        if name in names or not (names or name in LONG):
            yield from measure(seed, folder)
