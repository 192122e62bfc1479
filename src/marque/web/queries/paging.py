"""Lists by key: the next page starts after the last row shown, never after so many rows."""

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 50
_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list: its rows, where the next one starts, and about how many there are."""

    rows: list[Row]
    after: str | None
    first: bool
    total: int

    @property
    def capped(self) -> bool:
        return self.total > _COUNTED

    @property
    def most(self) -> int:
        return min(self.total, _COUNTED)


def page(rows: "QuerySet[Row]", keys: Sequence[str], after: str | None, size: int = SIZE) -> Page[Row]:
    """Rows ordered by `keys` (a leading minus turns one round), the last of which is unique, from a key on.

    Counting stops at ten thousand: a list says "about" beyond that and never walks a million rows to say how many.
    """
    total = rows.order_by()[: _COUNTED + 1].count()
    place = _read(after, len(keys))
    found = list((rows.filter(_beyond(keys, place)) if place else rows).order_by(*keys)[: size + 1])
    more = len(found) > size
    shown = found[:size]
    token = _write([getattr(shown[-1], key.lstrip("-")) for key in keys]) if more else None
    return Page(shown, token, place is None, total)


def _beyond(keys: Sequence[str], place: Sequence[Any]) -> Q:
    wanted = Q()
    for last, key in enumerate(keys):
        same = {earlier.lstrip("-"): place[number] for number, earlier in enumerate(keys[:last])}
        step = "lt" if key.startswith("-") else "gt"
        wanted |= Q(**same, **{f"{key.lstrip('-')}__{step}": place[last]})
    first, turned = keys[0].lstrip("-"), keys[0].startswith("-")
    # Said again at the top, so that the index is entered at the right place.
    return Q(**{f"{first}__{'lte' if turned else 'gte'}": place[0]}) & wanted


def _write(values: Sequence[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def _read(token: str | None, length: int) -> list[Any] | None:
    """The key in a token; a token nobody here wrote starts the list again."""
    if not token or len(token) > 2_000:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, RecursionError):
        return None
    fits = isinstance(values, list) and len(values) == length
    return values if fits and all(_plain(value) for value in values) else None


def _plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**63)
