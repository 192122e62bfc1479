"""A picture of flows: columns of nodes, links between them, each with its amount, its records and its place.

Lengths are in pixels of a picture of the size asked for. A link without an amount has the width of a hairline, and the
diagram says so: its width means nothing.
"""

from dataclasses import dataclass

COLUMNS = ("payer", "intermediary", "payee", "network")


@dataclass(frozen=True, slots=True)
class Node:
    """One party. `name` is None for what was folded together: `folded` says how many."""

    column: str
    name: str | None
    folded: int
    amount: float | None
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """Money between two nodes, by their places in the diagram's list. `records` open its evidence.

    `source_y` and `target_y` are the upper edges of the band at either end. `flows`: how many rows it stands for.
    """

    source: int
    target: int
    low: float | None
    amount: float | None
    high: float | None
    width: float
    source_y: float
    target_y: float
    directions: tuple[str, ...]
    records: tuple[str, ...]
    flows: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """Flows of one basis, currency and period. `measured` is False where no amount is known and all lines are equal."""

    basis: str
    currency: str | None
    period: str | None
    measured: bool
    width: float
    height: float
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
