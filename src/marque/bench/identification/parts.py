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


def _index(seed: int, folder: Path | None) -> Rows:
    from marque.bench.identification import index

    return index.run(seed=seed)


PARTS: tuple[tuple[str, Callable[[int, Path | None], Rows]], ...] = (
    ("strips", _strips),
    ("video", _video),
    ("audio", _audio),
    ("text", _text),
    ("index", _index),
)


def run(names: tuple[str, ...], seed: int, folder: Path | None = None) -> Rows:
    """Figures of the named parts, of all where none is named. `folder`: real strips, a folder a language."""
    for name, measure in PARTS:
        if not names or name in names:
            yield from measure(seed, folder)
