"""What every medium but strips says of a find: sound, film and text have one axis where pictures have two."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the query shows which part of the unit.

    Seconds for sound and film, characters for text (of the extracted text on both sides). `distance` is the mean
    number of bits (sound, film) or the share in percent (text) by which the aligned parts differ.
    """

    query_start: float
    query_end: float
    start: float
    end: float
    distance: int


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found in a query. `score` is the probability that the query contains sound, pictures or text of the unit.

    It says nothing about licence, uploader or intent. `unit` is the unit's number in the reference that was asked;
    `answer` is `match` or `unsure`; `seen` and `of` count the unit's parts that were found, and all it has.
    """

    unit: int
    score: float
    answer: str
    mirrored: bool
    spans: tuple[Span, ...]
    seen: int
    of: int
