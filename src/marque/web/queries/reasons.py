"""Reasons for and against a link or a successor, at equal size, summing to the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


def unweighed(found: Reasons) -> tuple[list[Reason], list[Reason]]:
    """What speaks for and against, without weights and in the order of the alphabet: for a judgement given blind.

    What marque did not count is there as well, on the side it would have spoken for.
    """
    rows = sorted((*found.pro, *found.contra, *found.idle), key=lambda reason: (reason.kind, reason.value))
    return [reason for reason in rows if reason.supports], [reason for reason in rows if not reason.supports]


def _reason(row: Mapping[str, object]) -> Reason:
    def whole(name: str) -> int | None:
        value = row.get(name)
        return value if isinstance(value, int) else None

    return Reason(
        str(row.get("kind") or ""), str(row.get("value") or ""), str(row.get("family") or ""), whole("weight") or 0,
        bool(row.get("counted")), bool(row.get("supports")), str(row.get("why") or ""), whole("sites"), whole("of"),
        whole("a_first"), whole("a_last"), whole("b_first"), whole("b_last"),
    )  # fmt: skip
