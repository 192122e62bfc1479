"""One unit's fingerprint: the patches of its strip, its panel outlines and, where consented, small grey thumbnails."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from PIL import Image

from marque.digest import sha256
from marque.errors import InputRefused, WrongUsage
from marque.signals.pictures.decoding.decoder import Decoder
from marque.signals.pictures.images import MAX_BYTES, Picture
from marque.works import panels, patches
from marque.works.model import UNIT_PATCHES
from marque.works.strip import Strip, columns_for, stitch


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the catalogue keeps of a unit. `thumbnails` are PNG files, one a panel, or nothing."""

    patches: pa.Table
    panels: tuple[panels.Panel, ...]
    thumbnails: tuple[bytes, ...]
    height: int


def name_of(path: Path) -> str:
    """A path as it is kept and printed: bytes that are no UTF-8 are spelt out, since no table or JSON can hold them."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given, folders as their files in name order, numbers by their value: 2.jpg comes before 10.jpg."""
    for path in paths:
        if path.is_dir():
            held = (entry for entry in _entries(path) if entry.is_file() and not entry.name.startswith("."))
            yield from sorted(held, key=lambda entry: (_by_value(entry.name), entry.name))
        elif path.is_file():
            yield path
        else:
            raise WrongUsage("works.file-missing", path=name_of(path))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=name_of(folder)) from reason


def _by_value(name: str) -> list[tuple[int, str]]:
    """A name in parts that compare as people count: every second part is a number."""
    parts = re.split(r"([0-9]+)", name)
    return [(int(part[:18]) if at % 2 else 0, part.lstrip("0")) for at, part in enumerate(parts)]


def read(path: Path) -> bytes:
    """A file's bytes, unless it is too large to be a picture."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused("works.image-too-large", file=name_of(path))
        return path.read_bytes()
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=name_of(path)) from reason


def fingerprint(paths: Iterable[Path], name: str, *, thumbnails: bool, right_to_left: bool = False) -> Fingerprint:
    """Fingerprint the pictures of one unit, in the order given. Raises InputRefused where one cannot be read whole.

    From which side rows are read decides how panels are numbered, and nothing else.
    """
    wanted = list(files(paths))
    if not wanted:
        raise InputRefused("works.no-files", unit=name)
    with Decoder() as decoder:
        strip = stitch(((name_of(path), decoded(decoder, read(path), name_of(path))) for path in wanted), name)
    outlines = panels.layout(strip, right_to_left=right_to_left)
    found = patches.find(strip, patches.KEPT)
    if not len(found):
        raise InputRefused("works.unit-empty", unit=name)
    kept = tuple(_png(strip, panel) for panel in outlines) if thumbnails else ()
    return Fingerprint(_table(found, outlines), outlines, kept, int(strip.segments[-1].bottom))


def decoded(decoder: Decoder, data: bytes, name: str) -> Picture:
    """A picture's grey pixels, as wide as one of its shape is looked at."""
    return decoder.decode(data, name, columns_for(*decoder.size(data, name)))


def read_strip(path: Path) -> tuple[Strip, list[InputRefused]]:
    """What can be read of one file or one folder of slices, and what was refused of it."""
    pictures, refused = [], []
    with Decoder() as decoder:
        for file in files([path]):
            try:
                pictures.append((name_of(file), decoded(decoder, read(file), name_of(file))))
            except InputRefused as reason:
                refused.append(reason)
    return stitch(pictures, name_of(path)), refused


def _table(found: patches.Patches, outlines: tuple[panels.Panel, ...]) -> pa.Table:
    columns = [found.x, found.y, found.size, found.angle]
    codes = pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), len(found), [None, pa.py_buffer(found.codes.tobytes())])
    numbers = pa.array(panels.holding(found.x, found.y, outlines), pa.int32())
    return pa.Table.from_arrays([numbers, *(pa.array(column) for column in columns), codes], schema=UNIT_PATCHES)


def _png(strip: Strip, panel: panels.Panel) -> bytes:
    out = io.BytesIO()
    Image.fromarray(panels.thumbnail(strip, panel)).save(out, "PNG")
    return out.getvalue()


def thumbnail_name(data: bytes) -> str:
    """Thumbnails are named by their content."""
    return f"{sha256(data)}.png"
