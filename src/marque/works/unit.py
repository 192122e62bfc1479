"""One unit's fingerprint: the patches of its strip, its panel outlines and, where consented, small grey thumbnails."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from PIL import Image

from marque.digest import sha256
from marque.errors import InputRefused, WrongUsage
from marque.signals.pictures.decoding.decoder import Decoder
from marque.signals.pictures.images import MAX_BYTES
from marque.works import panels, patches
from marque.works.model import UNIT_PATCHES
from marque.works.strip import PIXELS, Strip, stitch


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the catalogue keeps of a unit. `thumbnails` are PNG files, one a panel, or nothing."""

    patches: pa.Table
    panels: tuple[panels.Panel, ...]
    thumbnails: tuple[bytes, ...]
    height: int


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given, folders as their files in name order, numbers by their value: 2.jpg comes before 10.jpg."""
    for path in paths:
        if path.is_dir():
            held = (entry for entry in _entries(path) if entry.is_file() and not entry.name.startswith("."))
            yield from sorted(held, key=lambda entry: (_by_value(entry.name), entry.name))
        elif path.is_file():
            yield path
        else:
            raise WrongUsage("works.file-missing", path=str(path))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=str(folder)) from reason


def _by_value(name: str) -> list[tuple[int, str]]:
    """A name in parts that compare as people count: every second part is a number."""
    parts = re.split(r"([0-9]+)", name)
    return [(int(part[:18]) if at % 2 else 0, part.lstrip("0")) for at, part in enumerate(parts)]


def read(path: Path) -> bytes:
    """A file's bytes, unless it is too large to be a picture."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused("works.image-too-large", file=str(path))
        return path.read_bytes()
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=str(path)) from reason


def fingerprint(paths: Iterable[Path], name: str, *, thumbnails: bool) -> Fingerprint:
    """Fingerprint the pictures of one unit, in the order given. Raises InputRefused where one cannot be read whole."""
    wanted = list(files(paths))
    if not wanted:
        raise InputRefused("works.no-files", unit=name)
    with Decoder() as decoder:
        strip = stitch(((str(path), decoder.decode(read(path), str(path), PIXELS)) for path in wanted), name)
    outlines = panels.cut(strip)
    found = patches.find(strip, patches.KEPT)
    if not len(found):
        raise InputRefused("works.unit-empty", unit=name)
    kept = tuple(_png(strip, panel) for panel in outlines) if thumbnails else ()
    return Fingerprint(_table(found, outlines), outlines, kept, int(strip.segments[-1].bottom))


def read_strip(path: Path) -> tuple[Strip, list[InputRefused]]:
    """What can be read of one file or one folder of slices, and what was refused of it."""
    pictures, refused = [], []
    with Decoder() as decoder:
        for file in files([path]):
            try:
                pictures.append((str(file), decoder.decode(read(file), str(file), PIXELS)))
            except InputRefused as reason:
                refused.append(reason)
    return stitch(pictures, str(path)), refused


def _table(found: patches.Patches, outlines: tuple[panels.Panel, ...]) -> pa.Table:
    columns = [found.x, found.y, found.size, found.angle]
    codes = pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), len(found), [None, pa.py_buffer(found.codes.tobytes())])
    numbers = pa.array(nearest(found.y, outlines), pa.int32())
    return pa.Table.from_arrays([numbers, *(pa.array(column) for column in columns), codes], schema=UNIT_PATCHES)


def nearest(y: npt.NDArray[np.float32], outlines: tuple[panels.Panel, ...]) -> npt.NDArray[np.int32]:
    """The panel each place lies in, or the nearest one."""
    top = np.array([panel.place.y for panel in outlines], np.float32)
    bottom = np.array([panel.place.y + panel.place.h for panel in outlines], np.float32)
    away = np.maximum(np.maximum(top[None] - y[:, None], y[:, None] - bottom[None]), 0)
    return np.asarray(np.argmin(away, axis=1), np.int32)


def _png(strip: Strip, panel: panels.Panel) -> bytes:
    out = io.BytesIO()
    Image.fromarray(panels.thumbnail(strip, panel)).save(out, "PNG")
    return out.getvalue()


def thumbnail_name(data: bytes) -> str:
    """Thumbnails are named by their content."""
    return f"{sha256(data)}.png"
