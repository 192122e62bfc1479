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


@dataclass(frozen=True, slots=True)
class Reasons:
    """Both sides. `rest` is what the score holds beside the counted reasons (the starting point and rounding)."""

    pro: tuple[Reason, ...]
    contra: tuple[Reason, ...]
    score: int

    @property
    def counted(self) -> int:
        return sum(1 for reason in self.pro if reason.counted and reason.value)

    @property
    def rest(self) -> int:
        return self.score - sum(reason.weight for reason in (*self.pro, *self.contra) if reason.counted)

    @property
    def strongest(self) -> Reason | None:
        """The reason without which the link would lose most."""
        counted = [reason for reason in self.pro if reason.counted]
        return max(counted, key=lambda reason: reason.weight, default=None)

    @property
    def without_strongest(self) -> int:
        strongest = self.strongest
        return self.score - (strongest.weight if strongest else 0)


def split(found: Sequence[Mapping[str, object]], score: int = 0) -> Reasons:
    """Reasons by side, heaviest first, those that count before those that do not."""
    reasons = [_reason(row) for row in found]
    ordered = sorted(reasons, key=lambda reason: (not reason.counted, -abs(reason.weight), reason.kind, reason.value))
    return Reasons(
        tuple(reason for reason in ordered if reason.supports),
        tuple(reason for reason in ordered if not reason.supports),
        score,
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
