"""Real strips from a folder: a folder a language, in it a folder an episode, in it slices in name order."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from marque.bench.identification.drawing import Panel, Pixels, Source
from marque.works.unit import files

PUBLISHED = "en"
_LEAST, _GUTTER = 100, 10  # rows


def read(folder: Path) -> Iterator[tuple[str, Source, Callable[[], Source]]]:
    """Episodes in name order: the published edition, and one of the others in turn; its own where there is none."""
    languages = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != PUBLISHED)
    for number, place in enumerate(sorted((folder / PUBLISHED).iterdir())):
        held = [language for language in languages if (folder / language / place.name).is_dir()]
        other = folder / held[number % len(held)] / place.name if held else place
        source = _source(place, None)
        yield place.name, source, partial(_source, other, source)


def _source(place: Path, like: Source | None) -> Source:
    """One episode; panels lie where white rows end, in every language where they end in the published one."""
    pixels = np.concatenate([np.asarray(Image.open(path).convert("RGB"), np.uint8) for path in files([place])])
    if like is not None and pixels.shape == like.pixels.shape:
        return Source(place.name, "real", pixels, like.panels, like.bands)
    bands = _bands(pixels)
    panels = tuple(Panel(0, top, pixels.shape[1], bottom) for top, bottom in bands)
    return Source(place.name, "real", pixels, panels, bands)


def _bands(pixels: Pixels) -> tuple[tuple[int, int], ...]:
    """Rows between white gutters, but for the first and the last: the series' head and the credits, equal in all."""
    white = (pixels.min(axis=2) >= 240).mean(axis=1) >= 0.995
    edges = np.flatnonzero(np.diff(np.r_[True, white, True].astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        if joined and top - joined[-1][1] < _GUTTER:
            joined[-1] = joined[-1][0], bottom
        else:
            joined.append((top, bottom))
    return tuple((top, bottom) for top, bottom in joined if bottom - top >= _LEAST)[1:-1]
