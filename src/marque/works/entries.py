"""What a catalogue says of a work and of a unit, as values and as the JSON they are kept in.

The same reading serves a catalogue's own files and what a partner sends: what is not of this form is refused, so that
nothing half-understood ever enters.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, WrongUsage
from marque.works.strip import MAX_ROWS, UNIT, WIDTH, Rectangle

STRIP, VIDEO, AUDIO, TEXT = "strip", "video", "audio", "text"
COVER = "cover"  # of a work: kept and found as units are, and never a unit
MEDIA = (STRIP, VIDEO, AUDIO, TEXT, COVER)
ID_LENGTH, TITLE_LENGTH, MOST_TITLES, MOST_PANELS = 200, 500, 200, 20_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_THUMBNAIL = re.compile(r"[0-9a-f]{64}\.png")
_WORK_KEYS = {"work", "titles", "holder"}
_UNIT_KEYS = {"work", "unit", "language", "height", "digest", "panels", "thumbnails"}
_MAY_HAVE = {"medium", "version", "right_to_left"}


@dataclass(frozen=True, slots=True)
class Work:
    """A work and what it is called."""

    work: str
    titles: Mapping[str, str]
    holder: str | None

    def body(self) -> dict[str, object]:
        return {"work": self.work, "titles": dict(sorted(self.titles.items())), "holder": self.holder}


@dataclass(frozen=True, slots=True)
class Outline:
    """A panel of a unit: its number in reading order, its place in strip units, its thumbnail where one is kept."""

    panel: int
    place: Rectangle
    thumbnail: Path | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a work in one language and one medium. `digest` is that of its fingerprint.

    `height` (strip units) and `panels` are a strip's; `right_to_left` says from which side its rows are read. `version`
    is that of the medium's fingerprints; a strip's stands in the catalogue's head.
    """

    work: str
    unit: str
    language: str
    height: int
    digest: str
    panels: tuple[Outline, ...]
    medium: str = STRIP
    version: int = 0
    right_to_left: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.work, self.unit, self.language

    @property
    def stem(self) -> str:
        """The unit's file name without ending."""
        return stem(*self.key) if self.medium == STRIP else stem(*self.key, self.medium)

    def body(self) -> dict[str, object]:
        outlines = [[o.place.x, o.place.y, o.place.w, o.place.h] for o in self.panels]
        names = [o.thumbnail.name for o in self.panels if o.thumbnail]
        body: dict[str, object] = {"work": self.work, "unit": self.unit, "language": self.language}
        body |= {"height": self.height, "digest": self.digest, "panels": outlines, "thumbnails": names}
        body |= {"right_to_left": True} if self.right_to_left else {}  # who wrote before did not know the word
        return body if self.medium == STRIP else body | {"medium": self.medium, "version": self.version}


def stem(*names: str) -> str:
    """A file name for something named by texts in any script."""
    return sha256(canonical_json(list(names)))[:32]


def check_id(name: str) -> None:
    """Raises WrongUsage for a name that could not be shown or compared."""
    if not name or len(name) > ID_LENGTH or not name.isprintable():
        raise WrongUsage("works.bad-id", name=json.dumps(name[:ID_LENGTH]))


def work_of(body: Mapping[str, Any], where: str) -> Work:
    """The work a JSON object describes. Raises InputRefused, naming `where`, for anything else.

    Titles are whatever their holder wrote; pages show them harmlessly.
    """
    try:
        titles, holder = body["titles"], body["holder"]
        _must(set(body) == _WORK_KEYS and isinstance(titles, dict) and isinstance(holder, str | None))
        _must(all(isinstance(title, str) for title in titles.values()))
        return Work(_short(body["work"]), dict(titles), holder)
    except (KeyError, TypeError, ValueError) as reason:
        raise InputRefused("works.catalogue-damaged", path=where) from reason


def check_titles(work: Work, where: str) -> None:
    """Raises InputRefused, naming `where`, for titles that a partner would not send: too many, too long, unreadable."""
    try:
        _must(len(work.titles) <= MOST_TITLES)
        for language, title in work.titles.items():
            _short(language)
            _text(title, TITLE_LENGTH)
        if work.holder is not None:
            _text(work.holder, TITLE_LENGTH)
    except ValueError as reason:
        raise InputRefused("works.catalogue-damaged", path=where) from reason


def unit_of(body: Mapping[str, Any], where: str, thumbnails: Path) -> Unit:
    """The unit a JSON object describes; its thumbnails lie in a folder. Raises InputRefused, naming `where`."""
    try:
        medium = body.get("medium", STRIP)
        _must(set(body) - _MAY_HAVE == _UNIT_KEYS and medium in MEDIA)
        language = "" if body["language"] == "" else _short(body["language"])
        digest = body["digest"]
        _must(isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None)
        height, panels = _whole(body["height"], MAX_ROWS * UNIT), _outlines(body, thumbnails)
        version = _whole(body.get("version", 0), 1_000_000)
        turned = body.get("right_to_left", False)
        _must(isinstance(turned, bool))
        names = _short(body["work"]), _short(body["unit"]), language
        return Unit(*names, height, digest, panels, medium, version, turned)
    except (KeyError, TypeError, ValueError) as reason:
        raise InputRefused("works.catalogue-damaged", path=where) from reason


def _outlines(body: Mapping[str, Any], thumbnails: Path) -> tuple[Outline, ...]:
    places, names = body["panels"], body["thumbnails"]
    _must(isinstance(places, list) and isinstance(names, list) and len(places) <= MOST_PANELS)
    shown: list[Path | None] = [_thumbnail(name, thumbnails) for name in names]
    shown = shown or [None] * len(places)
    return tuple(
        Outline(number, _rectangle(place), name) for number, (place, name) in enumerate(zip(places, shown, strict=True))
    )


def _rectangle(place: Any) -> Rectangle:
    _must(isinstance(place, list) and len(place) == 4)
    most = MAX_ROWS * UNIT
    x, y, w, h = (_whole(part, most) for part in place)
    _must(w > 0 and h > 0 and x + w <= WIDTH and y + h <= most)
    return Rectangle(x, y, w, h)


def _thumbnail(name: Any, folder: Path) -> Path:
    _must(isinstance(name, str) and _THUMBNAIL.fullmatch(name) is not None)
    return folder / str(name)


def _whole(value: Any, most: int) -> int:
    _must(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most)
    return int(value)


def _short(value: Any) -> str:
    return _text(value, ID_LENGTH)


def _text(value: Any, longest: int) -> str:
    _must(isinstance(value, str) and 0 < len(value) <= longest and value.isprintable())
    return str(value)


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError
