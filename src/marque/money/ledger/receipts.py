"""What came in at addresses that sites show, by month or year. Observed, exact, and no more than it says.

Change and an owner's own transfers are no receipts: a payment counts only where no input is of the same cluster. What
is left may still be the owner's own money from elsewhere, a loan, or a stranger's dust; the ledger does not say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from marque import clock
from marque.money.bases import Observed
from marque.money.ledger.clusters import Address, Clusters
from marque.money.ledger.model import Transaction, shown

PERIODS = {"year": 4, "month": 7}  # how much of an ISO date names it


@dataclass(frozen=True, slots=True)
class Received:
    """What one address was paid in one period. `unknown`: how many of the payments came from inputs not known."""

    address: Address
    cluster: Address
    amount: Observed
    payments: int
    unknown: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Receipts:
    """Receipts by address, asset and period; and how many payments were left out as one's own or as unconfirmed."""

    rows: tuple[Received, ...]
    own: int
    unconfirmed: int


@dataclass(slots=True)
class _Sum:
    units: int = 0
    records: set[str] = field(default_factory=set)
    times: list[int] = field(default_factory=list)
    unknown: int = 0


def received(
    transactions: Iterable[Transaction],
    addresses: Collection[Address],
    clusters: Clusters,
    period: str = "month",
    holders: Mapping[Address, str] | None = None,
) -> Receipts:
    """Receipts of `addresses`. Transactions are expected once each, as `merged` gives them.

    `holders` names the network that shows an address: a transfer between two addresses of one network is its own.
    """
    holding = holders or {}
    wanted, length = frozenset(addresses), PERIODS[period]
    sums: dict[tuple[Address, str, str], _Sum] = defaultdict(_Sum)
    own = unconfirmed = 0
    for one in transactions:
        paid = _paid(one, wanted)
        if not paid:
            continue
        senders = {(one.chain, coin.address) for coin in one.inputs if coin.address is not None}
        spenders = {clusters.name(sender) for sender in senders}
        spending = {holding[sender] for sender in senders if sender in holding}
        for (address, asset), units in paid.items():
            if clusters.name(address) in spenders or holding.get(address) in spending:
                own += 1
            elif one.time is None:
                unconfirmed += 1
            else:
                row = sums[address, asset, clock.iso(one.time)[:length]]
                row.units += units
                row.records.add(one.record)
                row.times.append(one.time)
                row.unknown += not spenders
    return Receipts(tuple(_row(key, row, clusters) for key, row in sorted(sums.items())), own, unconfirmed)


def _paid(one: Transaction, wanted: frozenset[Address]) -> Mapping[tuple[Address, str], int]:
    """What each wanted address gets, by asset: several outputs to it in one transaction are one payment."""
    paid: dict[tuple[Address, str], int] = defaultdict(int)
    for coin in one.outputs:
        if coin.address is not None and coin.units and (one.chain, coin.address) in wanted:
            paid[(one.chain, coin.address), coin.asset] += coin.units
    return paid


def _row(key: tuple[Address, str, str], found: _Sum, clusters: Clusters) -> Received:
    address, asset, period = key
    amount = Observed(found.units, asset, period, tuple(sorted(found.records)))
    times = found.times
    return Received(address, clusters.name(address), amount, len(times), found.unknown, min(times), max(times))


def as_signal(address: Address) -> str:
    """`<chain>:<address>` as sightings have it."""
    return shown(*address)
