"""One figure of a benchmark, as a row. A figure holds for the machine and the run it was taken in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`subject` is marque or a peer; `case` is what was measured on, `metric` what was measured."""

    bench: str
    subject: str
    case: str
    metric: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A peer that is not installed: named, and left out."""

    bench: str
    subject: str
    needs: str
