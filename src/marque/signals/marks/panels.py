"""From a captured picture to the names its marks give: decoded apart, read, and telling lines read again by themselves.

The first reading finds the lines that may name a group. A name counts only if the line says it at two of
three sizes. That costs little, because few lines tell, and most misreadings do not survive it; one made twice does.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import cv2
import numpy as np

from marque.errors import InputRefused
from marque.signals.marks import asked, lines, running
from marque.signals.marks.lines import Line
from marque.signals.marks.names import has_wide, names, telling
from marque.signals.pictures.decoding.decoder import Decoder
from marque.signals.pictures.images import Grey

_LARGEST = 16 << 20  # bytes
_NARROWEST, _LEAST_AREA = 300, 80_000  # pixels: less is no panel
WIDTH, END = 1_000, 1_400  # columns a picture is read at; rows read at its beginning and at its end
_SPARSE, _SINGLE = "11", "7"  # how the program looks for lines: wherever there are any; the picture is one
_TALL, _AGREE, _WIDEST = (28, 36, 48), 2, 2_400  # pixels a line has when it is read alone; how many must agree
_MOST_AGAIN = 6  # lines of a picture that are read again


@lru_cache(maxsize=16)  # a card stands at the end of every episode; more would keep too many pictures in memory
def names_of(data: bytes, language: str) -> tuple[str, ...]:
    """Folded names that the picture's marks give, sorted; nothing of one that is too small or was refused."""
    spelled = asked.engine().spelled(language)
    if len(data) > _LARGEST:
        return ()
    try:
        with Decoder() as decoder:
            width, height = decoder.size(data, "")
            if width < _NARROWEST or width * height < _LEAST_AREA:
                return ()
            grey = decoder.decode(data, "", WIDTH).grey
    except InputRefused:
        return ()
    return tuple(sorted({name for part in _ends(grey) for name in _confirmed(part, spelled)}))


def _ends(grey: Grey) -> Iterator[Grey]:
    """A picture's beginning and its end: credits and marks of uploaders stand there."""
    if grey.shape[0] <= 2 * END:
        yield grey
    else:
        yield grey[:END]
        yield grey[-END:]


def _confirmed(grey: Grey, spelled: str) -> Iterator[str]:
    for row in islice(filter(telling, lines.rows(_read(grey, spelled, _SPARSE))), _MOST_AGAIN):
        alone = spelled.split("+")[0] if has_wide(row.text) else spelled.split("+")[-1]  # one script reads itself best
        yield from _agreed(_name(grey, row, tall, alone) for tall in _TALL)


def _agreed(said: Iterator[str | None]) -> Iterator[str]:
    """The name that two readings of three give; the third is not made where it cannot matter."""
    seen: Counter[str | None] = Counter()
    for name in said:
        seen[name] += 1
        if seen[name] == _AGREE:
            if name is not None:
                yield name
            return


def _name(grey: Grey, row: Line, tall: int, spelled: str) -> str | None:
    """Whom a row names when it is read alone."""
    return next(names(lines.single(_read(_enlarged(grey, row, tall), spelled, _SINGLE))), None)


def _enlarged(grey: Grey, row: Line, tall: int) -> Grey:
    """A row with some room around it, at the height of a line that is read alone."""
    left, top, right, bottom = row.box
    room = (bottom - top) // 3
    cut = grey[max(0, top - room) : bottom + room, max(0, left - 2 * room) : right + 2 * room]
    scale = min(tall / max(1, bottom - top), _WIDEST / cut.shape[1])
    return np.asarray(cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)


def _read(grey: Grey, spelled: str, how: str) -> bytes:
    """What the program reads; nothing where it failed: a crash or a timeout costs this picture's marks only."""
    program = asked.engine().program
    said = running.output(
        program, "stdin", "stdout", "-l", spelled, "--psm", how, "-c", "tessedit_create_tsv=1", pixels=grey
    )
    return said or b""
