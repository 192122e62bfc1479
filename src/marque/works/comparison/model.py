"""What a comparison is made of: the copy as captured, and what of it agrees with the original."""

from dataclasses import dataclass

from marque.works.entries import Unit

MOST_PIECES = 60  # of one copy: a court looks at some, the counts speak of all


@dataclass(frozen=True, slots=True)
class Copy:
    """Captured bytes, and where and when they were captured."""

    name: str
    uri: str
    time: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """What one page of a case file shows, in reading order.

    `licensed` names who says that its site was a licensed outlet when it was captured: the case file, the catalogue.
    """

    site: str
    uri: str
    time: str
    copies: tuple[Copy, ...]
    licensed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One part that agrees: its facts, and both sides as pictures (PNG) or as passages of text."""

    facts: dict[str, object]
    pictures: tuple[bytes, bytes] | None = None
    passages: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One copy beside the original. `pieces` is empty where nothing of the unit was found in it."""

    page: Page
    score: float
    answer: str
    seen: int
    of: int
    pieces: tuple[Piece, ...]
    left_out: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A unit, its originals' SHA-256 in order, and each copy beside it."""

    unit: Unit
    originals: tuple[str, ...]
    sections: tuple[Section, ...]
