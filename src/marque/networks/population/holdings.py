"""Who holds which value, as arrays that compiled code walks through.

Sites and values are numbers from 0, in the order of the engine's tables `sites` and `vals`; a kind and a provenance
are numbers too. Values of kinds that never link anybody have no holders here.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt

from marque.networks import kinds
from marque.networks.kinds import Kind

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_VALUES = "SELECT kind, family, grp FROM vals ORDER BY vid"
_HOLDERS = """
SELECT v.vid - 1 AS value, s.id - 1 AS site FROM claims c JOIN vals v ON c.kind = v.kind AND c.value = v.value
JOIN sites s ON c.site = s.site WHERE v.grp <> '{never}' ORDER BY v.vid, s.id"""


class Shared(NamedTuple):
    """Two indexes over the same facts: the holders of each value, and of each site the values that can tell.

    `holder[start[v]:start[v + 1]]` are the sites of value v; `value[begin[s]:begin[s + 1]]` the values of site s.
    """

    start: Integers
    holder: Integers
    begin: Integers
    value: Integers
    kind: Integers
    group: Integers
    spread: Integers  # how many sites hold the value, listed here or not


@dataclass(frozen=True, slots=True)
class Holdings:
    """`start`, `holder` as in `Shared`; `kind` and `group` per value are numbers into `kinds` and `groups`."""

    sites: int
    kinds: tuple[Kind, ...]
    groups: tuple[str, ...]
    start: Integers
    holder: Integers
    kind: Integers
    group: Integers

    @property
    def count(self) -> Integers:
        """How many sites hold each value."""
        return np.diff(self.start)

    @property
    def value(self) -> Integers:
        """The value of each entry of `holder`."""
        return np.repeat(np.arange(len(self.kind)), self.count)


def read(engine: duckdb.DuckDBPyConnection) -> Holdings:
    """From the engine's tables claims, sites and vals."""
    sites = int(engine.execute("SELECT count(*) FROM sites").fetchall()[0][0])
    values = engine.sql(_VALUES).to_arrow_table()
    pairs = list(zip(values["kind"].to_pylist(), values["family"].to_pylist(), strict=True))
    described = sorted({kinds.of(kind, family) for kind, family in set(pairs)}, key=lambda kind: kind.name)
    groups = tuple(sorted({kind.group for kind in described}))
    place = {(kind.name): number for number, kind in enumerate(described)}
    kind = np.array([place[name] for name, _ in pairs], np.int64)
    group = np.array([groups.index(one.group) for one in described], np.int64)[kind] if described else kind
    held = engine.sql(_HOLDERS.format(never=kinds.NEVER)).fetchnumpy()
    start = np.concatenate([[0], np.cumsum(np.bincount(held["value"], minlength=len(kind)))]).astype(np.int64)
    return Holdings(sites, tuple(described), groups, start, np.asarray(held["site"], np.int64), kind, group)


def shared(held: Holdings, telling: npt.NDArray[np.bool_]) -> Shared:
    """The two indexes; `telling` marks the values that are listed with their sites."""
    value = held.value
    kept = telling[value]
    site, value = held.holder[kept], value[kept]
    order = np.argsort(site, kind="stable")  # values are ascending already, and stay so within a site
    begin = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=held.sites))]).astype(np.int64)
    return Shared(held.start, held.holder, begin, value[order], held.kind, held.group, held.count)


def summed(place: Integers, weight: npt.NDArray[Any], count: int) -> Floats:
    """The sum of the weights at each place."""
    return np.asarray(np.bincount(place, weight, count), np.float64)
