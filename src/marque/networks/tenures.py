"""Sites that changed hands: exclusive values of two provenances give way to others at the same time.

A name can be sold with everything that stands on it. What it shared before says nothing about who runs it now, and two
operators who held it one after the other have nothing to do with each other. An operator who replaces all accounts at
once looks the same, so such a site keeps its links; only it joins no two networks, and it is placed by what it holds
now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque import clock
from marque.networks.planted import CROWDED

Span = tuple[int, int]

_HELD = """
SELECT x.site, x.grp, x.kind, x.slot, x.since, x.until FROM exclusive x
JOIN slots s ON x.site = s.site AND x.kind = s.kind AND x.slot = s.slot AND s.held <= {crowded}
WHERE x.since IS NOT NULL AND x.until IS NOT NULL ORDER BY x.site, x.kind, x.slot, x.since, x.until"""


def changed(engine: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Per number of a site that changed hands, the moment from which it is held as it is now."""
    held: dict[int, dict[tuple[str, str, str], list[Span]]] = defaultdict(lambda: defaultdict(list))
    for site, group, kind, slot, since, until in engine.execute(_HELD.format(crowded=CROWDED)).fetchall():
        held[site][group, kind, slot].append((since, until))
    cuts = {site: _cut(values) for site, values in held.items()}
    return {site: cut for site, cut in cuts.items() if cut is not None}


def _cut(values: Mapping[tuple[str, str, str], Sequence[Span]]) -> int | None:
    """The last pause that values of two provenances have in common, if any: where it ends."""
    pauses = sorted((begin, end, group) for (group, _, _), spans in values.items() for end, begin in _pauses(spans))
    found = [
        begin
        for begin, end, group in pauses
        if {other for start, stop, other in pauses if stop < begin and end < start} - {group}
    ]
    return max(found, default=None)


def _pauses(spans: Iterable[Span]) -> list[Span]:
    """Where no value of a kind was held any more and the next had not come: (end of the old, beginning of the new)."""
    found, until = [], None
    for since, last in sorted(spans):
        if until is not None and since > until:
            found.append((until, since))
        until = last if until is None else max(until, last)
    return found


def former(links: pa.Table, sold: Mapping[str, int]) -> npt.NDArray[np.bool_]:
    """Which of these links lean only on what a site held before it changed hands."""
    flags = np.zeros(links.num_rows, np.bool_)
    if not sold:
        return flags
    ends = zip(links["site_a"].to_pylist(), links["site_b"].to_pylist(), strict=True)
    for place, sites in enumerate(ends):
        if any(site in sold for site in sites):
            flags[place] = _former(links["reasons"][place].as_py(), sites, sold)
    return flags


def _former(reasons: Iterable[Mapping[str, Any]], sites: tuple[str, str], sold: Mapping[str, int]) -> bool:
    counted = [reason for reason in reasons if reason["counted"] and reason["supports"] and reason["sites"]]
    lasts = [
        (sold[site], reason[f"{side}_last"])
        for side, site in zip("ab", sites, strict=True)
        if site in sold
        for reason in counted
    ]
    return bool(lasts) and all(last is not None and clock.to_microseconds(last) < cut for cut, last in lasts)
