"""Flows that have an amount, in the columns of `flows`: from ledgers, from statements, from the model. Never summed.

Each row keeps its basis and its records: pages that show the account, ledger transactions, rows of the tables that
went in. Beside the flows without amounts that `trace` gives, they are what tables and diagrams of a network show.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from marque.evidence import tables
from marque.money.bases import Range
from marque.money.estimate.donations import Donation
from marque.money.estimate.receipts import NoFigure, Receipts
from marque.money.ledger.clusters import Address
from marque.money.ledger.model import known_address, shown
from marque.money.ledger.receipts import Received
from marque.money.model import FLOWS

READERS, ADVERTISERS = "readers", "advertisers"
WALLET, HANDLE, ESTIMATE = "crypto-address", "donation-handle", "estimate"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a wallet stands: on which sites, of which networks, on which records."""

    sites: frozenset[str]
    networks: frozenset[str]
    records: frozenset[str]

    @property
    def network(self) -> str | None:
        """The network that shows it; None where none does, or two: it is not known whose it is."""
        return next(iter(self.networks)) if len(self.networks) == 1 else None


def wallets(flows: pa.Table) -> dict[Address, Shown]:
    """The coin addresses that sites show, of the flows a run traced."""
    found: dict[Address, list[Mapping[str, object]]] = defaultdict(list)
    for row in flows.select(["intermediary", "payee", "network", "records", "kind"]).to_pylist():
        address = known_address(row["intermediary"] or "") if row["kind"] == WALLET else None
        if address is not None:
            found[address].append(row)
    return {address: _shown(rows) for address, rows in sorted(found.items())}


def _shown(rows: Iterable[Mapping[str, object]]) -> Shown:
    held = [(row["payee"], row["network"], row["records"]) for row in rows]
    records = (record for _, _, listed in held for record in (listed if isinstance(listed, list) else ()))
    return Shown(
        frozenset(str(site) for site, _, _ in held if site),
        frozenset(str(network) for _, network, _ in held if network),
        frozenset(map(str, records)),
    )


def holders(wallets: Mapping[Address, Shown]) -> dict[Address, str]:
    """The network of each wallet that one network alone shows."""
    return {address: place.network for address, place in wallets.items() if place.network is not None}


def observed(received: Iterable[Received], places: Mapping[Address, Shown]) -> pa.Table:
    """What ledgers show. Where several sites show a wallet, the payee is none of them in particular."""
    rows = []
    for one in received:
        place = places.get(one.address)
        sites, records = (place.sites, place.records) if place else (frozenset(), frozenset())
        value = Range(one.amount.value, one.amount.value, one.amount.value)
        rows.append(
            _row(READERS, shown(*one.address), next(iter(sites)) if len(sites) == 1 else None, "donation")
            | _amount(value, one.amount.currency, one.amount.period, "observed")
            | {"network": place.network if place else None, "kind": WALLET}
            | {"records": sorted({*records, *one.amount.records})}
        )
    return _table(rows)


def inferred(stated: Iterable[Donation], network: Mapping[str, str]) -> pa.Table:
    """What somebody states; the operator's own word stays the operator's."""
    return _table(
        _row(READERS, one.handle, one.site, "donation")
        | _amount(one.said.amount, one.said.currency, one.said.period, "inferred")
        | {"network": network.get(one.site), "kind": HANDLE, "records": [one.record]}
        for one in stated
    )


def modelled(found: Iterable[Receipts | NoFigure]) -> pa.Table:
    """What the model gives for networks. A subject without a figure has no row."""
    return _table(
        _row(ADVERTISERS, None, None, "advertising")
        | _amount(one.amount.amount, one.amount.currency, one.amount.period, "modelled")
        | {"network": one.subject, "kind": ESTIMATE}
        | {"records": sorted({row.record for row in one.visits} | {row.record for row in one.inputs})}
        for one in found
        if isinstance(one, Receipts)
    )


def _row(payer: str, intermediary: str | None, payee: str | None, direction: str) -> dict[str, object]:
    return {"payer": payer, "intermediary": intermediary, "payee": payee, "direction": direction}


def _amount(amount: Range, currency: str, period: str, basis: str) -> dict[str, object]:
    ends = {"low": amount.low, "mid": amount.mid, "high": amount.high}
    return {**ends, "currency": currency, "period": period, "basis": basis}


def _table(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    return tables.ordered(tables.of_rows(FLOWS, rows))
