"""Which covers of a catalogue a picture shows. A find does not say that the work is to be had on the page."""

from functools import lru_cache

import pyarrow as pa

from marque.works import packed
from marque.works.cover import decide
from marque.works.cover.laying import lay
from marque.works.cover.model import COARSE, FINE, TABLE, of_table
from marque.works.cover.reference import Reference
from marque.works.media import Found, Span
from marque.works.model import UNSURE


def identify(query: pa.Table, reference: Reference) -> list[Found]:
    """The covers found, the likeliest first; always `unsure`, never a match of a unit.

    A list's covers stand on many pages: the last few thousand answers are kept.
    """
    return list(_identify(packed.pack(query.cast(TABLE)), reference))


@lru_cache(maxsize=4096)
def _identify(query: bytes, reference: Reference) -> tuple[Found, ...]:
    table = packed.unpack(query, TABLE, "cover")
    coarse, fine = of_table(table, COARSE), of_table(table, FINE)
    if not (len(coarse) and len(fine) and reference.fine):
        return ()
    found = decide.named(lay(coarse, fine, reference))
    return tuple(
        Found(laid.cover, score, UNSURE, laid.mirrored, (_whole(laid.agreement),), 0, 0)
        for laid, score in sorted(found, key=lambda each: (-each[1], each[0].cover))
    )


def _whole(agreement: float) -> Span:
    """A cover has no parts: the piece only says how much of it differs, in percent."""
    return Span(0.0, 0.0, 0.0, 0.0, round(100 * (1 - agreement)))
