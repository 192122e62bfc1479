"""Do hits agree on where the picture lies? One similarity transform a block of a panel.

A chance hit has some place, size and angle; two that agree by chance on shift, scale and turn are rare, and each
further one is rarer by the same factor. Agreement also says where on the page the panel is shown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

NEAR = 12.0  # strip units two places may be apart beside a share of their distance
NEAR_SHARE = 0.12
SCALE = 0.35  # natural logarithm of how far two sizes' ratios may differ
TURN = 20.0  # degrees
APART = 8.0  # places nearer than this are one place: a keypoint with two angles votes once
MOST = 300  # hits of one block that are compared with each other


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a block lies in the query: query = scale x turn(catalogue) + shift, as a complex factor and shift.

    `members` are the hits (rows of what was given) that agree, each place once.
    """

    factor: complex
    shift: complex
    members: Integers


def agree(query: Floats, catalogue: Floats, weight: Floats) -> Placing:
    """The largest set of hits that one placing explains; at least one is given.

    Rows are x, y, size, angle in strip units and degrees.
    """
    query, catalogue, weight = query[:MOST], catalogue[:MOST], weight[:MOST]
    q, c = _points(query), _points(catalogue)
    ratio = query[:, 2] / catalogue[:, 2]
    turn = query[:, 3] - catalogue[:, 3]
    factor = np.asarray(ratio * np.exp(1j * np.deg2rad(turn)), np.complex128)
    expected = q[:, None] + factor[:, None] * (c[None, :] - c[:, None])
    room = NEAR + NEAR_SHARE * np.abs(c[None, :] - c[:, None]) * ratio[:, None]
    fits = np.abs(expected - q[None, :]) <= room
    fits &= np.abs(np.log(ratio[:, None] / ratio[None, :])) <= SCALE
    fits &= np.abs((turn[:, None] - turn[None, :] + 180) % 360 - 180) <= TURN
    best = int(np.argmax((fits * weight[None, :]).sum(axis=1)))
    return _fit(q, c, factor, _distinct(np.flatnonzero(fits[best]), q, c))


def _points(rows: Floats) -> npt.NDArray[np.complex128]:
    return np.asarray(rows[:, 0] + 1j * rows[:, 1], np.complex128)


def _distinct(members: Integers, q: npt.NDArray[np.complex128], c: npt.NDArray[np.complex128]) -> Integers:
    """Members whose place, on either side, no earlier member has."""
    kept: list[int] = []
    for member in members.tolist():
        if all(abs(q[member] - q[other]) > APART and abs(c[member] - c[other]) > APART for other in kept):
            kept.append(member)
    return np.array(kept, np.int64)


def _fit(
    q: npt.NDArray[np.complex128], c: npt.NDArray[np.complex128], factor: npt.NDArray[np.complex128], members: Integers
) -> Placing:
    """Least squares over the members; a single member's own size and angle decide alone."""
    middle_q, middle_c = q[members].mean(), c[members].mean()
    away = c[members] - middle_c
    spread = float((np.abs(away) ** 2).sum())
    if len(members) < 3 or spread < 1.0:
        whole = complex(np.median(np.abs(factor[members])) * np.exp(1j * np.angle(factor[members].mean())))
    else:
        whole = complex((np.conj(away) * (q[members] - middle_q)).sum() / spread)
    return Placing(whole, complex(middle_q - whole * middle_c), members)
