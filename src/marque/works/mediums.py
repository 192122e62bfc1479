"""Film, sound, text and covers as the catalogue meets them: how a file becomes a fingerprint, how one is found again.

Each medium's own package is loaded when it is first asked for: pictures need neither a sound library nor text tables.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from marque.works.entries import AUDIO, COVER, STRIP, TEXT, VIDEO
from marque.works.media import Found

OfBytes = Callable[[bytes, str], pa.Table]


@dataclass(frozen=True, slots=True)
class Medium:
    """`table` and `version` are those of its fingerprints, for a unit and for a query alike.

    `session`, where a medium has one, gives an `of_bytes` for all payloads of one capture: it costs less.
    """

    name: str
    table: pa.Schema
    version: int
    fingerprint: Callable[[Path, str], pa.Table]
    of_bytes: OfBytes
    build: Callable[[Sequence[pa.Table]], Any]
    identify: Callable[[pa.Table, Any], list[Found]]
    session: "Callable[[], AbstractContextManager[OfBytes]] | None" = None


@cache
def text() -> Medium:
    from marque.works.text import fingerprint, identify, model, reference

    return _made(TEXT, model, fingerprint, reference, identify)


@cache
def audio() -> Medium:
    from marque.works.audio import fingerprint, identify, model, reference

    return _made(AUDIO, model, fingerprint, reference, identify)


@cache
def video() -> Medium:
    from marque.works.video import fingerprint, identify, model, reference

    return _made(VIDEO, model, fingerprint, reference, identify)


@cache
def cover() -> Medium:
    from marque.works.cover import fingerprint, identify, model, reference

    return replace(_made(COVER, model, fingerprint, reference, identify), session=fingerprint.session)


def _made(name: str, model: Any, fingerprint: Any, reference: Any, identify: Any) -> Medium:
    """A medium of the modules that every medium's package has."""
    prints = fingerprint.fingerprint, fingerprint.of_bytes
    return Medium(name, model.TABLE, model.VERSION, *prints, reference.build, identify.identify)


MEDIUMS: dict[str, Callable[[], Medium]] = {VIDEO: video, AUDIO: audio, TEXT: text, COVER: cover}
# A copy may keep a film's pictures and change its sound, or the other way round; a picture may be a cover.
ALSO = {VIDEO: (AUDIO,), STRIP: (COVER,)}
LEAST_ROWS = 12  # what gives fewer fingerprints than this is no unit, and shows no passage of one
SILENT = frozenset({"works.sound-none"})  # a film without sound is a film
CUT = {VIDEO: "works.film-cut", TEXT: "works.text-cut"}  # read in part; sound that is cut is refused
_DAMAGED = b"marque.damaged"


def cut(medium: Medium, table: pa.Table) -> str | None:
    """The problem's code where only part of a file could be read; the fingerprint is of that part."""
    return CUT.get(medium.name) if _DAMAGED in (table.schema.metadata or {}) else None


def asked(name: str) -> list[str]:
    """The media that a file of one medium is fingerprinted in, as far as they are known here."""
    return [each for each in (name, *ALSO.get(name, ())) if each in MEDIUMS]
