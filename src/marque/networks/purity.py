"""How likely a shared value is one operator's own mark, learnt without labels, per kind, spread and coherence.

A value is pure (one operator's) or not (everybody's). Members of a pure value hang together: they also share things of
another provenance, at some rate; members of an impure one do so only by chance. A two-component mixture over the
values of one kind and spread reads both rates off the counts. Where there are few values the priors of `kinds.csv`
speak; each counts as much as `PSEUDO` values, so that they give way as the input grows.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marque.networks import kinds

PSEUDO = 20  # values that a prior purity counts for
TIED_PRIOR, TIED_PSEUDO = 0.5, 20.0  # rate at which a pure value's members hang together, and its weight in members
ROUNDS = 60
MANY = 100  # values from which a stratum counts as measured
FEW = 25  # values from which a kind is one of those that others are measured against
BINS = 5  # classes of coherence above none
SIZES = 5  # classes of spread: 2 to 3 sites, 4 to 7, ... 32 and more
RESIDUAL = 0.02  # rate at which strangers are held beyond what chance explains, before anything is measured
LEAST_TIED = {2: 0.1, 3: 0.25, 4: 0.3, 5: 0.3}  # members of a pure value are held at least so often, by size
LOWER = 1.645  # standard errors below which a measured share lies one time in twenty
NOISY = 0.5  # rate at which strangers are held, from which coherence speaks no longer for a value
WIDEST_STEP = 6.0  # bits that coherence may add or take
FLOOR, CEILING = -14.0, 9.0


@dataclass(frozen=True, slots=True)
class Count:
    """`values` values of a kind on `n` sites, of which `m` are held by something of another provenance.

    `expected`: members that would be held by chance, over all these values, in thousandths. From four sites on, `m` is
    what is left beyond chance.
    """

    kind: str
    family: str
    n: int
    m: int
    expected: int
    values: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """Log2 odds (1/1000 bit) that two sites sharing such a value are one operator's, half its 90 % range, and how many
    values say so.

    `size` is floor(log2 n); `bin` the coherence bin (0 none held, else 1..BINS; -1 for values on two or three sites,
    where coherence is the pair's own evidence and is counted there); `held` how many of the two sites are held.
    """

    kind: str
    size: int
    bin: int
    held: int
    odds: int
    doubt: int
    values: int


def size_of(n: int) -> int:
    """The size class of a value on n sites (as `ties` grades it)."""
    return min(n.bit_length() - 1, SIZES)


def fit(counts: Iterable[Count]) -> list[Stratum]:
    """Every stratum that the input holds, in order."""
    strata: dict[tuple[kinds.Kind, int], list[Count]] = {}
    for count in counts:
        kind = kinds.of(count.kind, count.family)
        for size in range(1, SIZES + 1):
            strata.setdefault((kind, size), [])
        strata[kind, size_of(count.n)].append(count)
    thin_rates = _thin_rates(strata)
    found: list[Stratum] = []
    for (kind, size), rows in sorted(strata.items(), key=lambda item: (item[0][0].name, item[0][1])):
        found += _thin(kind, rows, thin_rates[kind.name]) if size == 1 else _wide(kind, size, rows)
    return found


def _thin_rates(strata: Mapping[tuple[kinds.Kind, int], list[Count]]) -> Mapping[str, float]:
    """Per kind, the rate at which members of pure values on two sites are held: mean of the three most held others.

    What is most held is not all pure, and a few values can be held by luck, so each rate is taken at its upper bound,
    and no kind is measured against itself.
    """
    rates = {}
    for (kind, size), rows in strata.items():
        values = sum(row.values for row in rows)
        if size == 1 and values >= FEW:
            rates[kind.name] = _held_rate(rows) + _spread(_held_rate(rows), values)
    found = {}
    for kind, _ in strata:
        best = sorted((rate for name, rate in rates.items() if name != kind.name), reverse=True)[:3]
        found[kind.name] = sum(best) / len(best) if len(best) == 3 else TIED_PRIOR
    return found


def _spread(rate: float, values: int) -> float:
    """How far a rate over so many values may lie from the truth, one time in twenty either way."""
    return LOWER * math.sqrt(max(rate * (1 - rate), 0.01) / max(values, 1))


def _held_rate(rows: Iterable[Count]) -> float:
    held = members = 0
    for row in rows:
        held, members = held + row.m * row.values, members + row.n * row.values
    return held / members if members else 0.0


def _expected_rate(rows: Iterable[Count]) -> float:
    expected = members = 0
    for row in rows:
        expected, members = expected + row.expected, members + row.n * row.values
    return expected / 1000 / members if members else 0.0


def _thin(kind: kinds.Kind, rows: list[Count], pure: float) -> list[Stratum]:
    values = sum(row.values for row in rows)
    background = _expected_rate(rows)
    rate = _held_rate(rows)
    measured = min(1.0, max(0.0, (rate - _spread(rate, values) - background) / max(pure - background, 0.05)))
    prior = _share(kinds.prior_odds(kind, 2))
    trust = values if values >= MANY else 0
    share = (PSEUDO * prior + trust * measured) / (PSEUDO + trust)
    return [Stratum(kind.name, 1, -1, 0, _milli(_odds(share)), _doubt(share, values), values)]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Share of pure values, and the rates at which their members and a stranger's are held."""

    pure: float
    tied: float
    chance: float


def mixture(kind: kinds.Kind, size: int, rows: list[Count]) -> Mixture:
    """Two binomial components by expectation and maximisation, with the priors as pseudo-counts."""
    middle = 1.4 * 2**size
    prior = _share(kinds.prior_odds(kind, middle))
    floor = RESIDUAL
    state = Mixture(prior, max(TIED_PRIOR, min(0.95, 2 * floor)), min(0.9, max(floor, 0.01)))
    for _ in range(ROUNDS):
        before, state = state, _round(state, rows, prior, floor, LEAST_TIED[size])
        if state == before:  # nothing moves any more, so no further round would change it
            break
    return state


def _round(state: Mixture, rows: list[Count], prior: float, floor: float, least: float) -> Mixture:
    pure, values = PSEUDO * prior, float(PSEUDO)
    tied, of_tied = TIED_PSEUDO * max(TIED_PRIOR, floor), TIED_PSEUDO
    other, of_other = TIED_PSEUDO * floor, TIED_PSEUDO
    for row in rows:
        belief = _share(_odds(state.pure) + _step(state, row.n, row.m))
        pure, values = pure + belief * row.values, values + row.values
        tied, of_tied = tied + belief * row.m * row.values, of_tied + belief * row.n * row.values
        other, of_other = other + (1 - belief) * row.m * row.values, of_other + (1 - belief) * row.n * row.values
    chance = min(0.9, max(other / of_other, 0.005))
    return Mixture(pure / values, min(0.98, max(tied / of_tied, least, chance + 0.05)), chance)


def _step(state: Mixture, n: float, m: float) -> float:
    """Bits that m of n members held speak for a pure value; halved, because two held members hold each other."""
    yes = math.log2(state.tied / state.chance)
    no = math.log2((1 - state.tied) / (1 - state.chance))
    return max(-WIDEST_STEP, min(WIDEST_STEP, (m * yes + (n - m) * no) / 2))


def _wide(kind: kinds.Kind, size: int, rows: list[Count]) -> list[Stratum]:
    state = mixture(kind, size, rows)
    middle = 1.4 * 2**size
    # Where strangers are held almost as often, being held says nothing, and the stratum counts as not measured.
    telling = _expected_rate(rows) <= NOISY
    values = sum(row.values for row in rows) if telling else 0
    found = []
    for place in range(BINS + 1):
        m = 0.0 if place == 0 else (place - 0.5) / BINS * middle
        whole = _share(_odds(state.pure) + (_step(state, middle, m) if telling else min(0.0, _step(state, middle, m))))
        for held in (0, 1, 2):
            share = whole * _genuine(kind, state, True) ** held * _genuine(kind, state, False) ** (2 - held)
            found.append(Stratum(kind.name, size, place, held, _milli(_odds(share)), _doubt(share, values), values))
    return found


def _genuine(kind: kinds.Kind, state: Mixture, held: bool) -> float:
    """Chance that a member of a pure value is no intruder (a copycat, a recycled id), given whether it is held."""
    intruder = kind.intruders / 1000
    own = state.tied if held else 1 - state.tied
    strange = state.chance if held else 1 - state.chance
    return (1 - intruder) * own / ((1 - intruder) * own + intruder * strange)


def milli_odds(share: float) -> int:
    """Log2 odds of a share, in 1/1000 bit."""
    return _milli(_odds(share))


def _doubt(share: float, values: int) -> int:
    """Half the 90 % range of a stratum's log2 odds (1/1000 bit), the prior counting as PSEUDO values."""
    spread = 1.645 / math.log(2) / math.sqrt((PSEUDO + values) * max(share * (1 - share), 0.01))
    return round(1000 * min(spread, 4.0))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp2(-odds))


def _odds(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return max(FLOOR, min(CEILING, math.log2(share / (1 - share))))


def _milli(bits: float) -> int:
    return round(bits * 1000)
