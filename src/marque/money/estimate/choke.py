"""How much of a network's modelled receipts hangs on one account, as a range.

An account shown on a site may earn all of that site's receipts or none of them: other accounts stand beside it. So the
range runs from the sites where it stands alone to all sites that carry it. What the network would do without the
account (take another) is not in it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from marque.money.bases import Range
from marque.money.estimate.draws import Board
from marque.money.estimate.prices import Prices
from marque.money.estimate.ranges import Draws, added
from marque.money.estimate.receipts import work_out
from marque.money.estimate.visits import Visits

EARNING = ("advertising", "banner")  # directions whose money the modelled receipts are made of


@dataclass(frozen=True, slots=True)
class Share:
    """One account's part of one network's modelled receipts. `alone`: on how many of its sites it is the only one."""

    network: str
    period: str
    account: str
    kind: str
    share: Range
    sites: int
    alone: int
    records: tuple[str, ...]


def shares(
    flows: pa.Table, network: str, sites: Collection[str], visits: Sequence[Visits], prices: Prices
) -> list[Share]:
    """Each account of a network (with its sites), the one on which most hangs first.

    The whole is what `receipts` gives for the same sites; where there is none, there are no shares.
    """
    shown, records, kinds = _shown(flows, network)
    members = frozenset(sites)
    mine = [row for row in visits if row.site in members]
    found: list[Share] = []
    for period in sorted({row.period for row in mine}):
        worked = work_out((row for row in mine if row.period == period), prices, Board())
        draws = {site: values for (site, _), values in worked.draws.items() if np.all(values > 0)}
        whole = added(draws.values())
        beside = Counter(site for places in shown.values() for site in places)
        for account, places in shown.items():
            here = sorted(places & draws.keys())
            if here:
                alone = [site for site in here if beside[site] == 1]
                by = tuple(sorted(records[account]))
                share = _share(draws, here, alone, beside, whole)
                found.append(Share(network, period, account, kinds[account], share, len(here), len(alone), by))
    return sorted(found, key=lambda one: (one.period, -one.share.mid, one.account))


def _share(
    draws: Mapping[str, Draws], here: list[str], alone: list[str], beside: Mapping[str, int], whole: Draws
) -> Range:
    least = added(draws[site] for site in alone) / whole
    even = added(draws[site] / beside[site] for site in here) / whole
    most = added(draws[site] for site in here) / whole
    low, mid, high = np.quantile(least, 0.05), np.quantile(even, 0.5), np.quantile(most, 0.95)
    rounded = (round(float(low), 4), round(float(mid), 4), round(min(float(high), 1.0), 4))
    return Range(*sorted(rounded))


def _shown(flows: pa.Table, network: str) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, str]]:
    """The sites of each account, the records that show it, and its kind. A banner's account is its payer."""
    sites: dict[str, set[str]] = defaultdict(set)
    records: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    for row in flows.select(["payer", "intermediary", "payee", "network", "records", "kind", "direction"]).to_pylist():
        if row["network"] == network and row["direction"] in EARNING and row["payee"]:
            account = row["intermediary"] or row["payer"]
            sites[account].add(row["payee"])
            records[account].update(row["records"])
            kinds[account] = row["kind"]
    return dict(sorted(sites.items())), records, kinds
