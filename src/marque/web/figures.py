"""Figures with their doubt. Nothing is shown as certain: the highest is `> .99`, the lowest `< .01`."""

from dataclasses import dataclass

# A word for each band of probability; the same bands decide how thick an edge is drawn.
BANDS = ((0.95, "strong"), (0.80, "probable"), (0.50, "weak"))


def figure(probability: float | None) -> str:
    """A probability as it is shown: two digits, and never nought or one."""
    if probability is None:
        return "?"
    if probability > 0.99:
        return "> .99"
    if probability < 0.01:
        return "< .01"
    return f"{probability:.2f}"[1:]


def bounds(low: float | None, high: float | None) -> tuple[str, str]:
    """Both ends of a range as they are shown."""
    return figure(low), figure(high)


def strength(probability: float | None, accepted: bool = True) -> str:
    """The word for a probability; what was declined is never given a strength."""
    if not accepted:
        return "declined"
    if probability is None:
        return "open"
    for least, word in BANDS:
        if probability >= least:
            return word
    return "open"


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its range and its reasons, ready to be shown."""

    probability: float | None
    low: float | None
    high: float | None
    reasons: int | None = None
    accepted: bool = True

    @property
    def word(self) -> str:
        return strength(self.probability, self.accepted)

    @property
    def figure(self) -> str:
        return figure(self.probability)

    @property
    def range(self) -> tuple[str, str] | None:
        """None where it is unknown, or where its ends read as the figure itself does."""
        ends = None if self.low is None or self.high is None else bounds(self.low, self.high)
        return None if ends == (self.figure, self.figure) else ends

    @property
    def bar(self) -> dict[str, float]:
        """The range as a bar 100 wide with a tick at the figure itself."""
        mid = self.probability or 0.0
        low, high = (self.low, self.high) if self.low is not None and self.high is not None else (mid, mid)
        return {"x": round(low * 100, 1), "width": round(max((high - low) * 100, 1.5), 1), "tick": round(mid * 100, 1)}


def grouped(number: int) -> str:
    """A count with thin groups of three, as English and Korean write it."""
    return f"{number:,}"
