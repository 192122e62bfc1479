"""All flows of a run with what is known of their amounts: what a page or a diagram of a network is drawn from.

Beside the run's own flows (inferred, without amounts) stand what ledgers show, what is stated, and what the model
gives. Nothing is added up. The same folder and run give the same table, worth keeping while neither changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from marque.money import amounts, desk
from marque.money.desk import Brought
from marque.money.estimate.donations import Donation, beside_ledger
from marque.money.estimate.receipts import NoFigure, Receipts, receipts
from marque.money.ledger import store
from marque.money.ledger.clusters import cluster
from marque.money.ledger.model import shown
from marque.money.ledger.receipts import Received, received
from marque.money.ledger.tags import entities


@dataclass(frozen=True, slots=True)
class Looked:
    """What ledgers show of the wallets of a run. `at_all` is False where no ledger was brought in: nobody looked."""

    rows: tuple[Received, ...]
    at_all: bool

    def covered(self) -> set[tuple[str, str]]:
        """Wallets and periods that a ledger shows."""
        return {(shown(*row.address), row.amount.period) for row in self.rows}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Flows with amounts, and beside them what has none and why, and which statements a ledger makes idle."""

    flows: pa.Table
    modelled: tuple[Receipts | NoFigure, ...]
    stated: tuple[Donation, ...]
    set_aside: tuple[Donation, ...]
    looked: Looked


def ledger(flows: pa.Table, folder: Path, period: str = "month") -> Looked:
    """Receipts at the wallets that flows show, from the ledger sources and tag packs of a folder."""
    places = amounts.wallets(flows)
    rows = store.held(folder).transactions
    clusters = cluster(rows, entities(desk.kept_tags(folder)))
    return Looked(received(rows, places, clusters, period, amounts.holders(places)).rows, bool(rows))


def of_run(
    flows: pa.Table,
    network_of: Mapping[str, str],
    subjects: Mapping[str, Sequence[str]],
    folder: Path,
    brought: Brought,
) -> Sheet:
    """The sheet of a run. `subjects`: what the model gives a figure for (networks, or single sites), with its sites."""
    looked = ledger(flows, folder)
    stand, aside = beside_ledger(brought.stated, looked.covered())
    found = receipts(subjects, brought.visits, brought.prices)
    parts = (
        flows,
        amounts.observed(looked.rows, amounts.wallets(flows)),
        amounts.inferred(stand, network_of),
        amounts.modelled(found),
    )
    return Sheet(pa.concat_tables(parts), tuple(found), tuple(stand), tuple(aside), looked)
