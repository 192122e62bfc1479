"""What each code of a catalogue may say about which unit a page shows.

A code that occurs in several works, or in many units of one, is furniture (credits, logos, title cards, a platform's
notices); one that occurs in many places of one unit is a pattern that anyone draws. Neither gets a vote, and where
half of a panel is such, none of it does: what is left there are edges of the same furniture.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from marque.works.entries import Unit
from marque.works.index import Index

WHOLE = 100
MANY_UNITS = 2  # a panel may be shown again in one later unit; in more it is furniture
MANY_PLACES = 5  # within a unit: windows of a facade, dots of a screentone
MOSTLY = 0.5

Integers = npt.NDArray[np.int64]


def votes(index: Index, units: Sequence[Unit], owner: Integers, block: Integers) -> npt.NDArray[np.uint8]:
    """The vote of each code: 100, less where a second unit shows it too, nothing for furniture and patterns.

    `owner` and `block` number the unit and the part of it that each code comes from.
    """
    one, other, _ = index.search(index.codes.view(np.uint8).reshape(len(index), 32))
    shown = names(units)
    episode, work = numbers(shown)[owner], numbers([work for work, _ in shown])[owner]
    in_units, in_works, in_editions = (_spread(one, group[other], len(index)) for group in (episode, work, owner))
    places = np.bincount(one, minlength=len(index)) // np.maximum(in_editions, 1)
    weight = WHOLE // np.maximum(in_units, 1)
    weight[(in_works > 1) | (in_units > MANY_UNITS) | (places > MANY_PLACES)] = 0
    weight[_mostly_silent(weight, owner, block)] = 0
    return weight.astype(np.uint8)


def names(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Work and unit of each, as votes count them: works with exactly the same pictures do not silence each other.

    Two holders may have registered one work under two names; a page that shows it is then named by both.
    """
    first: dict[str, tuple[str, str]] = {}
    return [first.setdefault(unit.digest, (unit.work, unit.unit)) for unit in units]


def numbers(of: Sequence[object]) -> Integers:
    """A number for each name, equal for equal names."""
    known: dict[object, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in of], np.int64)


def _spread(code: Integers, group: Integers, size: int) -> Integers:
    """For each code, in how many different groups it was found."""
    pairs = np.unique(np.stack([code, group]), axis=1)
    return np.bincount(pairs[0], minlength=size).astype(np.int64)


def _mostly_silent(weight: Integers, owner: Integers, block: Integers) -> npt.NDArray[np.bool_]:
    """Which codes lie in a part of which at least half has no vote."""
    _, part = np.unique(np.stack([owner, block]), axis=1, return_inverse=True)
    part = part.ravel()
    silent = np.bincount(part, weight == 0) / np.maximum(np.bincount(part), 1)
    return np.asarray(silent[part] >= MOSTLY, np.bool_)
