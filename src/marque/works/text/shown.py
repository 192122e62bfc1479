"""Which stretches count and are shown: those that touch as one, and none that chance may have put far from all others.

Two books of one language share a turn of phrase and, some lines on, half of another; next to a passage that nobody can
doubt, such a stretch would read as if it had been copied too.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marque.works.text.decide import CALIBRATION, probability
from marque.works.text.stretches import Stretch

_NEAR = 600  # characters between two stretches of one line that are shown as one
_DRIFT, _DRIFT_PER = 16, 12  # by which their offsets may differ, and one more for so many between
_LINES = 64  # lines followed at once
_SAME_PER = 8  # as _OFF_PER, where no stretch stands alone: scanning moves letters, no more
_FAR = 3_000  # characters from a stretch that stands alone to one that runs on with it
_OFF, _OFF_PER = 64, 2  # by which their offsets may differ, and one more for so many between: paragraphs are left out


def standing(runs: Sequence[Stretch], charged: float) -> list[Stretch]:
    """Those that would name the unit alone, and what runs on with one of them; where none would, those of one line.

    Two novels share many turns of phrase, each somewhere else: however many they are, they are no passage.
    """
    alone = [probability(run.weight - charged) >= CALIBRATION.unsure_at for run in runs]
    sure = sorted((run for run, its in zip(runs, alone, strict=True) if its), key=_begin)
    if not sure:
        return max(_lines(runs), key=lambda line: sum(run.weight - charged for run in line), default=[])
    return [run for run, its in zip(runs, alone, strict=True) if its or _beside(run, sure)]


def _lines(runs: Sequence[Stretch]) -> list[list[Stretch]]:
    """The runs by what runs on with what; each in one line only."""
    lines: list[list[Stretch]] = []
    for run in sorted(runs, key=lambda each: (each.query_start, each.start)):
        line = next((line for line in lines[-_LINES:] if _lined(line[-1], run, _SAME_PER)), None)
        if line is None:
            lines.append([run])
        else:
            line.append(run)
    return lines


def _begin(run: Stretch) -> int:
    return run.query_start


def shown(chain: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a chain as they are shown, in its order."""
    return list(_joined(chain))


def _beside(run: Stretch, sure: Sequence[Stretch]) -> bool:
    """Whether the sure stretch before or after it runs along the same line."""
    at = bisect_left(sure, run.query_start, key=_begin)
    before, after = sure[max(0, at - 1) : at], sure[at : at + 1]
    return any(_lined(other, run) for other in before) or any(_lined(run, other) for other in after)


def _lined(first: Stretch, then: Stretch, per: int = _OFF_PER) -> bool:
    ahead, along = then.query_start - first.query_end, then.start - first.end
    return max(ahead, along) <= _FAR and abs(ahead - along) <= _OFF + max(0, ahead, along) // per


def _joined(chain: Sequence[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for run in chain:
        if last is not None and _continues(last, run):
            last = replace(
                last,
                query_end=max(last.query_end, run.query_end),
                end=max(last.end, run.end),
                hits=last.hits + run.hits,
            )
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _continues(last: Stretch, run: Stretch) -> bool:
    ahead, along = run.query_start - last.query_end, run.start - last.end
    return max(ahead, along) <= _NEAR and abs(ahead - along) <= _DRIFT + max(0, ahead) // _DRIFT_PER
