"""Suspected operators of a network: accounts and aliases by the sites they stand on together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from marque.web.models import Account
from marque.web.queries import paging


@dataclass(frozen=True, slots=True)
class Alias:
    """Accounts that stand on sites they have in common: perhaps one hand's, perhaps a house's that serves several."""

    number: int
    accounts: list[Account]


def aliases(network: str, after: str | None) -> tuple[list[Alias], paging.Page[Account]]:
    """A page of a network's accounts, gathered."""
    page = paging.page(Account.objects.filter(network=network), ("alias", "id"), after)
    return [Alias(number, list(rows)) for number, rows in groupby(page.rows, key=lambda row: row.alias)], page


def doubt(account: Account) -> Mapping[str, int]:
    """The figures that a sentence against an account names."""
    return {"outside": account.outside, "rivals": account.rivals, "networks": len(account.abroad)}
