"""How much of a network's modelled receipts hangs on one account, as a range.

A zone of an ad system hangs on the system as well, so payers and accounts are two lists that overlap. An account shown
on a site may earn all of that site's receipts or none of them: others stand beside it. So the range runs from the sites
where it stands alone to all sites that carry it. What the network would do without it (take another) is not in it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.money.bases import Range
from marque.money.estimate.draws import Board
from marque.money.estimate.prices import Prices
from marque.money.estimate.ranges import Draws, added
from marque.money.estimate.receipts import Worths, work_out
from marque.money.estimate.visits import Visits

PAYER, ACCOUNT = "payer", "account"
LEVELS = (PAYER, ACCOUNT)
EARNING = ("advertising", "banner")  # directions whose money the modelled receipts are made of


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a network's modelled receipts that hangs on one payer (an ad system, an advertiser) or account.

    `alone`: on how many of its sites it is the only one of its level.
    """

    network: str
    period: str
    level: str
    name: str
    share: Range
    sites: int
    alone: int
    records: tuple[str, ...]


def shares(
    flows: pa.Table, network: str, sites: Collection[str], visits: Sequence[Visits], prices: Prices
) -> list[Share]:
    """Each payer and each account of a network (with its sites), the one on which most hangs first.

    The whole is what `receipts` gives for the same sites; where there is none, there are no shares.
    """
    members, worths = frozenset(sites), Worths(prices)
    mine = [row for row in visits if row.site in members]
    shown = {level: _shown(flows, network, level) for level in LEVELS}
    found: list[Share] = []
    for period in sorted({row.period for row in mine}):
        worked = work_out((row for row in mine if row.period == period), worths, Board())
        draws = {site: values for (site, _), values in worked.draws.items() if np.all(values > 0)}
        for level in LEVELS:
            found += _level(draws, (network, period, level), shown[level])
    return sorted(found, key=lambda one: (one.period, one.level, -one.share.mid, one.name))


def _level(
    draws: Mapping[str, Draws], named: tuple[str, str, str], shown: Mapping[str, Mapping[str, set[str]]]
) -> Iterator[Share]:
    whole = added(draws.values())
    beside = Counter(site for places in shown.values() for site in places)
    for name, places in shown.items():
        here = sorted(places.keys() & draws.keys())
        if here:
            alone = [site for site in here if beside[site] == 1]
            records = tuple(sorted(set().union(*places.values())))
            yield Share(*named, name, _share(draws, here, alone, beside, whole), len(here), len(alone), records)


def _share(
    draws: Mapping[str, Draws], here: list[str], alone: list[str], beside: Mapping[str, int], whole: Draws
) -> Range:
    least = added(draws[site] for site in alone) / whole
    even = added(draws[site] / beside[site] for site in here) / whole
    most = added(draws[site] for site in here) / whole
    low, mid, high = np.quantile(least, 0.05), np.quantile(even, 0.5), np.quantile(most, 0.95)
    rounded = (round(float(low), 4), round(float(mid), 4), round(min(float(high), 1.0), 4))
    return Range(*sorted(rounded))


def _shown(flows: pa.Table, network: str, level: str) -> dict[str, dict[str, set[str]]]:
    """Each payer or account with its sites, and the records that show it there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = flows.filter(pc.equal(flows["network"], network))
    for row in wanted.select(["payer", "intermediary", "payee", "records", "direction"]).to_pylist():
        name = row["payer"] if level == PAYER else row["intermediary"]
        if row["direction"] in EARNING and row["payee"] and name:
            found[name][row["payee"]].update(row["records"])
    return dict(sorted(found.items()))
