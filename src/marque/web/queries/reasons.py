"""Reasons for and against a link or a successor, at equal size, summing to the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as it was kept with the run. A reason that does not count is shown, and says why it does not."""

    kind: str
    value: str
    family: str
    weight: int
    counted: bool
    supports: bool
    why: str
    sites: int | None
    of: int | None
    a_first: int | None
    a_last: int | None
    b_first: int | None
    b_last: int | None

    @property
    def linkable(self) -> bool:
        """Whether a page shows who else carries the value."""
        return bool(self.value) and self.sites is not None


# Rows of a score that are no evidence: where it starts, what measured error rates correct, what a rule holds down.
STEPS = frozenset({"prior", "calibration", "rule", "judgement"})
ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Both sides, what is shared without counting, and the steps that are no evidence."""

    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]
    idle: tuple[Reason, ...]
    steps: tuple[Reason, ...]
    score: int
    others: tuple[Reason, ...] = ()  # what else would explain what is shared: weighs nothing, is read beside the link

    @property
    def counted(self) -> int:
        return len(self.pro)

    @property
    def rows(self) -> tuple[Reason, ...]:
        """What adds up to the score, in the order in which it is shown."""
        return *self.pro, *self.contra, *self.steps

    @property
    def rest(self) -> int:
        """What the score holds beside its rows: nothing, unless a table leaves a step out."""
        return self.score - sum(reason.weight for reason in self.rows)

    @property
    def strongest(self) -> Reason | None:
        """The reason without which the link would lose most."""
        return max(self.pro, key=lambda reason: reason.weight, default=None)

    def without_strongest(self, calibration: Sequence[Sequence[int]]) -> int:
        """What would be left at most: all other rows added up, corrected as the run's model corrects every score."""
        strongest = self.strongest
        rows = [*self.pro, *self.contra, *(step for step in self.steps if step.kind != "calibration")]
        left = sum(row.weight for row in rows) - (strongest.weight if strongest else 0)
        return min(corrected(left, calibration), self.score)


def corrected(score: int, points: Sequence[Sequence[int]]) -> int:
    """A score on the straight line between two points of a correction; beyond its ends the end holds."""
    if not points or score <= points[0][0]:
        return points[0][1] if points else score
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= score <= x2:
            return y1 + (y2 - y1) * (score - x1) // max(x2 - x1, 1)
    return points[-1][1]


def probability(score: int) -> float:
    """A score is the logarithm of the odds, to the base 2, in thousandths."""
    return 1 / (1 + 2 ** (-max(min(score, 60_000), -60_000) / 1000))


def split(found: Sequence[Mapping[str, object]], score: int = 0) -> Reasons:
    """Reasons by side, heaviest first, those that count before those that do not."""
    reasons = [_reason(row) for row in found]
    ordered = sorted(reasons, key=lambda reason: (not reason.counted, -abs(reason.weight), reason.kind, reason.value))
    evidence = [reason for reason in ordered if reason.kind not in STEPS and reason.kind != ALTERNATIVE]
    return Reasons(
        tuple(reason for reason in evidence if reason.counted and reason.supports),
        tuple(reason for reason in evidence if reason.counted and not reason.supports),
        tuple(reason for reason in evidence if not reason.counted),
        tuple(reason for reason in ordered if reason.kind in STEPS and reason.counted),
        score,
        tuple(reason for reason in ordered if reason.kind == ALTERNATIVE),
    )


def _reason(row: Mapping[str, object]) -> Reason:
    def whole(name: str) -> int | None:
        value = row.get(name)
        return value if isinstance(value, int) else None

    return Reason(
        str(row.get("kind") or ""), str(row.get("value") or ""), str(row.get("family") or ""), whole("weight") or 0,
        bool(row.get("counted")), bool(row.get("supports")), str(row.get("why") or ""), whole("sites"), whole("of"),
        whole("a_first"), whole("a_last"), whole("b_first"), whole("b_last"),
    )  # fmt: skip
