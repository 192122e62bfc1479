"""Which stretches a reader is shown: those that touch as one, and no lone phrase far from all others.

What is shown never changes the answer; that was given by all of the chain before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marque.works.text.stretches import Stretch

_NEAR = 600  # characters between two stretches of one line that are shown as one
_DRIFT, _DRIFT_PER = 16, 12  # by which their offsets may differ, and one more for so many between
_LONE = 1.0  # votes of a stretch that any book may have; far from its neighbours' line it is left out
_FAR = 2_000


def shown(chain: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a chain as they are shown, in its order; at least one where it has one."""
    sure = [run for run in chain if run.weight > _LONE]
    kept = [run for run in chain if run.weight > _LONE or not sure or _beside(run, sure)]
    return list(_joined(kept))


def _beside(run: Stretch, sure: Sequence[Stretch]) -> bool:
    """Whether a stretch lies near the line that some sure one runs on."""
    return any(abs(_offset(run) - _offset(other)) <= _FAR for other in sure)


def _offset(run: Stretch) -> int:
    return run.start - run.query_start


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
