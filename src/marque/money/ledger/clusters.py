"""Addresses that spend together: the multi-input heuristic, with its two guards.

Whoever signs one transaction with several keys usually holds all of them. Not always: a CoinJoin is signed by
strangers, and a PayJoin (payer and payee sign together) cannot be told from an ordinary payment. One such transaction
can melt two owners into one ("cluster collapse", arXiv 2107.05749). So what looks like a CoinJoin joins nobody, and a
cluster that grows past a bound or holds two differently tagged entities is taken apart again, whole, and named. A
cluster is a lead to one key store; it is not a person, and a service may hold keys of many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marque.money.ledger.model import SPENDING, Transaction

LARGEST = 10_000  # addresses; past it a cluster is a service's or a collapse, and no operator's
EQUAL = 2  # as many equal outputs to different addresses, paid by as many addresses, look like a CoinJoin
Address = tuple[str, str]  # chain and key


@dataclass(frozen=True, slots=True)
class Refused:
    """A cluster that was taken apart: why (`too-large`, `two-entities`), how many addresses, whose, by which joins."""

    why: str
    addresses: int
    entities: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """`of`: clustered addresses and the name of their cluster, its first address. `records`: the joins of each."""

    of: Mapping[Address, Address]
    records: Mapping[Address, tuple[str, ...]]
    refused: tuple[Refused, ...]
    coinjoins: tuple[str, ...]

    def name(self, address: Address) -> Address:
        """An address's cluster; one that spends with nobody is a cluster of its own."""
        return self.of.get(address, address)


def looks_like_coinjoin(one: Transaction) -> bool:
    """Equal outputs to different addresses, and at least as many addresses that pay.

    Also true of a few ordinary payments of equal sums; those then join nobody, which loses a lead and harms no one.
    """
    payers = {coin.address for coin in one.inputs}
    equal = Counter(coin.units for coin in {coin for coin in one.outputs if coin.units and coin.address})
    most = max(equal.values(), default=0)
    return most >= EQUAL and len(payers) >= most


def cluster(
    transactions: Iterable[Transaction], entities: Mapping[Address, str] | None = None, largest: int = LARGEST
) -> Clusters:
    """Clusters over chains that spend coins. `entities` names whom an address is tagged as.

    The answer does not depend on the order of the transactions: guards look at finished clusters.
    """
    parent: dict[Address, Address] = {}
    joins: list[tuple[Address, str]] = []
    coinjoins = []
    for one in transactions:
        spent = sorted({(one.chain, coin.address) for coin in one.inputs if coin.address is not None})
        if one.chain not in SPENDING or len(spent) < 2:
            continue
        if looks_like_coinjoin(one):
            coinjoins.append(one.record)
            continue
        for other in spent[1:]:
            _join(parent, spent[0], other)
        joins.append((spent[0], one.record))
    return _guarded(parent, joins, entities or {}, largest, tuple(sorted(set(coinjoins))))


def _guarded(
    parent: dict[Address, Address],
    joins: Sequence[tuple[Address, str]],
    entities: Mapping[Address, str],
    largest: int,
    coinjoins: tuple[str, ...],
) -> Clusters:
    members: dict[Address, list[Address]] = defaultdict(list)
    for address in parent:
        members[_root(parent, address)].append(address)
    records: dict[Address, set[str]] = defaultdict(set)
    for address, record in joins:
        records[_root(parent, address)].add(record)
    of: dict[Address, Address] = {}
    proof: dict[Address, tuple[str, ...]] = {}
    refused = []
    for root, held in members.items():
        by, named = tuple(sorted(records[root])), tuple(sorted({entities[one] for one in held if one in entities}))
        if len(named) > 1 or len(held) > largest:
            refused.append(Refused("two-entities" if len(named) > 1 else "too-large", len(held), named, by))
            continue
        name = min(held)
        of.update(dict.fromkeys(held, name))
        proof[name] = by
    ordered = sorted(refused, key=lambda one: (one.why, one.addresses, one.records))
    return Clusters(of, proof, tuple(ordered), coinjoins)


def _root(parent: dict[Address, Address], address: Address) -> Address:
    root = address
    while parent[root] != root:
        root = parent[root]
    while parent[address] != root:
        parent[address], address = root, parent[address]
    return root


def _join(parent: dict[Address, Address], a: Address, b: Address) -> None:
    one, two = (_root(parent, parent.setdefault(address, address)) for address in (a, b))
    parent[max(one, two)] = min(one, two)
