"""What the model says of kinds, provenances and sizes, as plain integers in the file and as numbers in the code.

Kinds, provenances and sizes are those of the input the model was fitted on; a kind it never met is described by what
is known of it beforehand.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from marque.networks import kinds
from marque.networks.population.holdings import Floats, Holdings, Integers

SIZES = 8  # classes of the number of holders: 2, 3, 4-7, 8-15, 16-31, 32-63, more (class 0 is not used)
MIDDLE = (2.0, 2.0, 3.0, 5.5, 11.0, 22.0, 45.0, 120.0)
WIDEST = 300  # a value on more sites than this is looked at only as what others share
WIDE = 3  # from this size class on, holders may be of several operators who share a supplier
UNSEEN_TIE, UNSEEN_STOOD = 0.03, 0.1
_MILLI = 1000


class Chance(NamedTuple):
    """What random sites would share: mean and square of the bits that two of them have in common by chance.

    `tie`, `tie2` per kind from values, `stand`, `stand2` per provenance from places.
    """

    tie: Floats
    tie2: Floats
    stand: Floats
    stand2: Floats


class Rates(NamedTuple):
    """`tie`: chance beyond accident that two sites of one operator share a value of the kind.

    `prior`: log2 odds per kind and size that a value is one operator's. `strange`: chance per kind and size that a
    holder of such a value is a stranger. `alone`: chance per size that a holder who belongs shares nothing else with
    the others. `stand`: chance per provenance that two holders of one operator were found in one place without it.
    `together`: the same among sites that were placed at all. `whole`: per kind and size, the share of pairs of holders
    that are one operator's, of those placed.
    """

    tie: Floats
    prior: Floats
    strange: Floats
    alone: Floats
    stand: Floats
    together: float
    whole: Floats


def sizes(count: Integers) -> Integers:
    """The size class of each number of holders."""
    edges = np.array([3, 4, 8, 16, 32, 64], np.int64)
    return (1 + np.searchsorted(edges, count, side="right")).astype(np.int64)


def unmeasured(held: Holdings) -> Rates:
    """What is known before anything is measured."""
    number = len(held.kinds)
    strange = np.array([max(kind.intruders, 5) / _MILLI for kind in held.kinds])
    return Rates(
        tie=np.full(number, UNSEEN_TIE),
        prior=np.array([[kinds.prior_odds(kind, size) for size in MIDDLE] for kind in held.kinds]).reshape(-1, SIZES),
        strange=np.repeat(strange[:, None], SIZES, axis=1),
        alone=np.array([1.0, 1.0, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2]),
        stand=np.zeros(len(held.groups)),
        together=0.5,
        whole=np.ones((number, SIZES)),
    )


def plain(rates: Rates, held: Holdings) -> dict[str, Any]:
    """As `model.json` holds it: thousandths by name of kind and provenance."""
    names, groups = [kind.name for kind in held.kinds], held.groups
    return {
        "tie": {name: _milli(rates.tie[place] * _MILLI) for place, name in enumerate(names)},  # millionths
        "prior": {name: [_milli(odds) for odds in rates.prior[place]] for place, name in enumerate(names)},
        "strange": {name: [_milli(one) for one in rates.strange[place]] for place, name in enumerate(names)},
        "whole": {name: [_milli(one) for one in rates.whole[place]] for place, name in enumerate(names)},
        "alone": [_milli(one) for one in rates.alone],
        "stand": {name: _milli(rates.stand[place]) for place, name in enumerate(groups)},
        "together": _milli(rates.together),
    }


def stated(written: Mapping[str, Any], held: Holdings) -> Rates:
    """The rates of a model for the kinds of this input."""
    before = unmeasured(held)
    rates = replace_rows(before, written, held)
    stand = [written["stand"].get(name, UNSEEN_STOOD * _MILLI) / _MILLI for name in held.groups]
    alone = np.array(written["alone"], np.float64) / _MILLI
    return rates._replace(stand=np.array(stand), alone=alone, together=written["together"] / _MILLI)


def replace_rows(rates: Rates, written: Mapping[str, Any], held: Holdings) -> Rates:
    """The rows by kind, where the model has met the kind."""
    tie, prior, strange, whole = rates.tie.copy(), rates.prior.copy(), rates.strange.copy(), rates.whole.copy()
    for place, kind in enumerate(held.kinds):
        if kind.name in written["tie"]:
            tie[place] = written["tie"][kind.name] / _MILLI / _MILLI
            for column, name in ((prior, "prior"), (strange, "strange"), (whole, "whole")):
                column[place] = np.array(written[name][kind.name], np.float64) / _MILLI
    return rates._replace(tie=tie, prior=prior, strange=strange, whole=whole)


def _milli(number: float) -> int:
    return round(float(number) * _MILLI)
