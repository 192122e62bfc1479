"""A synthetic world of piracy operators with known truth: who runs which sites, and what those sites share.

`python -m marque.bench.operator_link N SEED FOLDER [--sightings]` writes `obs.parquet`, `truth.parquet` and, up to
100,000 sites or when asked, `sightings.parquet` in the contract's columns. Figures on this world say nothing about
real operators.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

Integers = npt.NDArray[np.int64]
HUB, UNIQUE, KIT = 2 * 10**12, 10**12, 3 * 10**12


@dataclass(frozen=True, slots=True)
class Slot:
    """How sites fill one kind: slots, how often, with the operator's own, sites a value, with a hub's value."""

    kind: str
    name: str
    slots: int
    has: float
    own: float
    spread: int
    hub: float
    hubs: int
    zipf: float


def kinds(n: int) -> tuple[Slot, ...]:
    """The kinds of a world of n sites, in the order the generator draws them."""
    return (
        Slot("ga", "google-analytics", 1, 0.55, 0.75, 10, 0.04, 60, 1.3),
        Slot("adpub", "adsense-publisher", 1, 0.30, 0.75, 15, 0.08, 80, 1.2),
        Slot("adstxt", "ads-txt-direct", 10, 0.40, 0.12, 20, 0.85, 400, 1.1),
        Slot("donate", "donation-handle", 1, 0.08, 0.80, 10, 0.02, 10, 1.0),
        Slot("crypto", "crypto-address", 1, 0.12, 0.70, 6, 0.05, 20, 1.0),
        Slot("email", "email", 1, 0.35, 0.45, 8, 0.40, 100, 1.2),
        Slot("favicon", "favicon-mmh3", 1, 0.90, 0.40, 8, 0.35, 300, 1.2),
        Slot("cert", "tls-certificate", 1, 0.90, 0.10, 10, 0.30, max(n // 40, 1), 0),
        Slot("ns", "name-server-set", 1, 0.95, 0.10, 20, 0.90, 2800, 0.9),
        Slot("ip", "ip-address", 1, 0.98, 0.12, 6, 0.85, 500, 1.0),
        Slot("asn", "asn", 1, 0.98, 0, 1, 1, 100, 1.1),
        Slot("theme", "page-theme", 1, 0.85, 0.30, 12, 0.60, 2000, 1.1),
        Slot("image", "image-hash", 4, 0.70, 0.25, 5, 0.35, max(n // 30, 10), 1.05),
        Slot("rdap", "registrant", 1, 0.25, 0.20, 20, 0.75, 20, 1.0),
        Slot("script", "script-url", 5, 0.80, 0.05, 20, 0.93, 1000, 1.1),
    )


@dataclass(frozen=True, slots=True)
class Truth:
    """Per site: its operator, the operator's size and care, predecessor (-1 for none), brand, first and last day."""

    operator: Integers
    size: Integers
    care: npt.NDArray[np.float64]
    predecessor: Integers
    brand: Integers
    first: Integers
    last: Integers


@dataclass(frozen=True, slots=True)
class World:
    """What was drawn: the truth, and one observation a row (site, kind number, value)."""

    truth: Truth
    site: Integers
    kind: npt.NDArray[np.int8]
    value: Integers


@dataclass(frozen=True, slots=True)
class Variant:
    """How a world differs from the published one.

    `copycats`: share of sites that clone another's page. `hubs`: whether there are values that strangers share.
    `careful`: operators take as much care not to be found as the generator knows.
    """

    copycats: float = 0.02
    hubs: bool = True
    careful: bool = False


PUBLISHED = Variant()


def world(n: int, seed: int, variant: Variant = PUBLISHED) -> World:
    """Draw a world; the order of draws is part of the benchmark and must not change."""
    rng = np.random.default_rng(seed)
    truth = _truth(rng, n)
    if variant.careful:
        truth = replace(truth, care=np.ones(n))
    kit = np.where(rng.random(n) < 0.15, _zipf(rng, max(n // 100, 20), n, 0.6), -1)
    ends_order = np.argsort(truth.last)
    sites, numbers, values = [], [], []
    for number, slot in enumerate(kinds(n)):
        for place in range(slot.slots):
            site, value = _filled(rng, n, slot, place, truth, kit, ends_order)
            if not variant.hubs:
                value = np.where((value >= HUB) & (value < KIT), UNIQUE + site * 10 + place, value)
            sites.append(site)
            numbers.append(np.full(len(site), number, np.int8))
            values.append(value)
    site, kind, value = np.concatenate(sites), np.concatenate(numbers), np.concatenate(values)
    _copycats(rng, n, site, kind, value, variant.copycats)
    return World(truth, site, kind, value)


def _truth(rng: np.random.Generator, n: int) -> Truth:
    cap = 300 if n <= 20_000 else 2_000
    sizes = np.minimum(np.floor(rng.random(n) ** (-1 / 1.1)), cap).astype(np.int64)
    total = np.cumsum(sizes)
    last = int(np.searchsorted(total, n))
    sizes = sizes[: last + 1]
    sizes[-1] -= total[last] - n
    operator = np.repeat(np.arange(len(sizes)), sizes)[rng.permutation(n)]
    care = rng.beta(2, 3, len(sizes))[operator]
    start = rng.integers(0, 1500, n)
    end = start + 1 + rng.exponential(400, n).astype(np.int64)
    brand, predecessor = np.arange(n) + 1, np.full(n, -1)
    order = np.lexsort((rng.random(n), operator))
    before, after = order[:-1], order[1:]
    followed = (operator[before] == operator[after]) & (rng.random(n - 1) < 0.12)
    predecessor[after[followed]] = before[followed]
    for site in after[followed]:  # successors: same brand, adjacent in time
        old = predecessor[site]
        brand[site], length = brand[old], end[site] - start[site]
        start[site] = end[old] + rng.integers(-10, 21)
        end[site] = start[site] + length
    impostor = (rng.random(n) < 0.03) & (predecessor < 0)
    brand[impostor] = brand[rng.integers(0, n, impostor.sum())]
    return Truth(operator, sizes[operator], care, predecessor, brand, start, end)


def _zipf(rng: np.random.Generator, n: int, count: int, exponent: float) -> Integers:
    if exponent == 0:
        return rng.integers(0, n, count)
    weights = np.cumsum(1 / np.arange(1, n + 1) ** exponent)
    found: Integers = np.searchsorted(weights / weights[-1], rng.random(count))
    return found


def _filled(
    rng: np.random.Generator, n: int, slot: Slot, place: int, truth: Truth, kit: Integers, ends_order: Integers
) -> tuple[Integers, Integers]:
    """The sites that fill one slot, and with what: the operator's own, a hub's, or something of nobody else's."""
    site = np.flatnonzero(rng.random(n) < slot.has)
    count, draw = len(site), rng.random(len(site))
    own = slot.own * (1 - 0.6 * truth.care[site])
    hub = own + slot.hub * (1 - own) / max(1 - slot.own, 1e-9)
    source = np.where(draw < own, 0, np.where(draw < hub, 1, 2))
    pool = -(-truth.size[site] // slot.spread)
    mine = truth.operator[site] * 1000 + np.floor(rng.random(count) * pool).astype(np.int64)
    if slot.slots > 1:
        mine = mine + (place % 3) * 300
    everybody = _hub(rng, n, slot, truth.operator[site], count)
    value = np.where(source == 0, mine, np.where(source == 1, everybody, UNIQUE + site * 10 + place))
    if slot.kind in ("ga", "ip", "email", "rdap"):
        value = _recycled(rng, value, site, source == 0, truth, ends_order)
    if slot.kind in ("theme", "script", "favicon") and place == 0:
        kitted = (kit[site] >= 0) & (rng.random(count) < (0.6 if slot.kind == "favicon" else 0.95))
        value = np.where(kitted, KIT + kit[site], value)
    return site, value


def _hub(rng: np.random.Generator, n: int, slot: Slot, operator: Integers, count: int) -> Integers:
    value = HUB + _zipf(rng, slot.hubs, count, slot.zipf)
    if slot.kind == "ns":  # pairs as a delivery network gives them: one an operator, mostly
        network = rng.random(count) < 0.65
        usual = rng.random(count) < 0.8
        pair = np.where(usual, (operator * 7919) % 2500, rng.integers(0, 2500, count))
        value = np.where(network, HUB + 10**6 + pair, value)
    if slot.kind == "ip":  # shared hosting, about 150 tenants each
        shared = rng.random(count) < 0.4
        value = np.where(shared, HUB + 10**7 + rng.integers(0, max(n // 150, 1), count), value)
    return value


def _recycled(
    rng: np.random.Generator, value: Integers, site: Integers, own: npt.NDArray[np.bool_], truth: Truth, order: Integers
) -> Integers:
    """Four in a hundred hold what a site that died before theirs began once held."""
    count = len(site)
    died = np.searchsorted(truth.last[order], truth.first[site])
    again = (rng.random(count) < 0.04) & (died > 0) & own
    former = order[(rng.random(count) * np.maximum(died, 1)).astype(np.int64)]
    return np.where(again, truth.operator[former] * 1000, value)


def _copycats(
    rng: np.random.Generator, n: int, site: Integers, kind: npt.NDArray[np.int8], value: Integers, share_of: float
) -> None:
    """A share of sites clone another's page, half of them with its analytics id. Changes `value` in place."""
    copier = np.flatnonzero(rng.random(n) < share_of)
    victims = rng.permutation(n)[_zipf(rng, n, len(copier), 0.4)]
    victim = np.full(n, -1)
    victim[copier] = victims
    numbers = {slot.kind: number for number, slot in enumerate(kinds(n))}
    for name, share in (("ga", 0.5), ("theme", 0.9), ("favicon", 0.7), ("image", 0.6)):
        rows = np.flatnonzero(kind == numbers[name])
        first = np.full(n, -1, np.int64)
        first[site[rows]] = value[rows]
        taken = rows[(victim[site[rows]] >= 0) & (rng.random(len(rows)) < share)]
        taken = taken[first[victim[site[taken]]] >= 0]
        value[taken] = first[victim[site[taken]]]


def sightings(made: World) -> pa.Table:
    """The world in the columns that `networks link` reads."""
    names = np.array([slot.name for slot in kinds(len(made.truth.operator))])
    return pa.table(
        {
            "site": np.char.add(np.char.add("s", made.site.astype(str)), ".example"),
            "kind": names[made.kind],
            "value": np.char.add("v", made.value.astype(str)),
            "first_seen": _days(made.truth.first[made.site]),
            "last_seen": _days(made.truth.last[made.site]),
        }
    )


def _days(column: Integers) -> pa.Array:
    return pa.array(column.astype("datetime64[D]").astype("datetime64[us]"))


def write(n: int, seed: int, folder: Path, *, with_sightings: bool = False) -> World:
    """Draw a world and write its tables."""
    made, short = world(n, seed), np.int32
    pq.write_table(
        pa.table(
            {
                "site": made.site.astype(short),
                "kind": made.kind,
                "value": made.value,
                "seen_from": made.truth.first[made.site].astype(short),
                "seen_to": made.truth.last[made.site].astype(short),
            }
        ),
        folder / "obs.parquet",
    )
    if n <= 100_000 or with_sightings:
        pq.write_table(sightings(made), folder / "sightings.parquet")
    truth = made.truth
    columns = {
        "op": truth.operator,
        "pred": truth.predecessor,
        "brand": truth.brand,
        "first": truth.first,
        "last": truth.last,
    }
    table = {"site": np.arange(n, dtype=short), **{name: column.astype(short) for name, column in columns.items()}}
    pq.write_table(pa.table(table), folder / "truth.parquet")
    return made


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), with_sightings="--sightings" in sys.argv)
