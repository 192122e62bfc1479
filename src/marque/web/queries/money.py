"""Who pays whom in a network, gathered by payer and by account. Statements of different standing are never added up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from marque.web.models import Diagram, Flow
from marque.web.queries import paging

READERS = "readers"
_COLUMNS = {"payer": "payer", "account": "intermediary", "payee": "payee"}
ASKED = tuple(_COLUMNS)  # what statements are asked by
_PICTURES = 12
_MOST = 60


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer, or one account that readers pay into: over how many accounts, to how many sites, on what ground."""

    name: str
    basis: str
    accounts: int
    sites: int
    statements: int
    known: int  # statements that name an amount


def advertisers(network: str) -> list[Payer]:
    """Advertisers and advertising networks, those that pay most sites first."""
    return _gathered(_of(network).exclude(payer=READERS), "payer", "intermediary")


def donations(network: str) -> list[Payer]:
    """Accounts and wallets that readers are asked to pay into, those on most sites first."""
    return _gathered(_of(network).filter(payer=READERS), "intermediary", "intermediary")


def diagrams(network: str) -> list[Diagram]:
    """The pictures of a network's money, one for each basis, currency and period."""
    return list(Diagram.objects.filter(network=network).order_by("id")[:_PICTURES])


def statements(network: str, asked: Mapping[str, str], after: str | None) -> paging.Page[Flow]:
    """The single statements behind one row or one line of a picture, a page at a time."""
    wanted = {_COLUMNS[name]: value for name, value in asked.items() if value}
    rows = _of(network).filter(**wanted)
    return paging.page(rows, ("id",), after)


def _of(network: str) -> "QuerySet[Flow]":
    return Flow.objects.filter(network=network)


def _gathered(rows: "QuerySet[Flow]", name: str, account: str) -> list[Payer]:
    found = rows.values(name, "basis").annotate(
        accounts=Count(account, distinct=True),
        sites=Count("payee", distinct=True),
        statements=Count("id"),
        known=Count("id", filter=Q(mid__isnull=False)),
    )
    return [
        Payer(row[name] or "", row["basis"], row["accounts"], row["sites"], row["statements"], row["known"])
        for row in found.order_by("-sites", name, "basis")[:_MOST]
    ]
