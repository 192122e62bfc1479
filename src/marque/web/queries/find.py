"""Search in any script: domains, titles, networks, services, values; each hit says which field it was found in.

Three characters and more ask the trigram index. One or two (a Korean or Chinese word is often that short) compare
with sites, titles and names, and with the start of values. Values of bystanders are not in here.
"""

from dataclasses import dataclass

from django.db import connection

from marque.web.loading.names import fold
from marque.web.models import Entry, Record

FIELDS = ("site", "work", "network", "service", "signal")
_NAMED = FIELDS[:4]
MOST = 10
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hits:
    """What one field gave: the first hits, and from where to go on."""

    field: str
    entries: list[Entry]
    after: int | None


def find(query: str, field: str = "", after: int = 0, most: int = MOST) -> list[Hits]:
    """Hits by field. With a field given, one page of that field alone."""
    wanted = fold(query)[:_LONGEST]
    if not wanted:
        return []
    fields = (field,) if field in FIELDS else FIELDS
    size = 50 if field in FIELDS else most
    found = [_of_field(wanted, name, after, size) for name in fields]
    return [hits for hits in found if hits.entries]


def exact(query: str) -> Record | None:
    """The record of which somebody pasted the name, or whose payload has the digest."""
    wanted = query.strip().lower()
    if len(wanted) < 64:
        return None
    return Record.objects.filter(record=wanted).first() or Record.objects.filter(payload_digest=wanted).first()


def _of_field(wanted: str, field: str, after: int, most: int) -> Hits:
    ids = _long(wanted, field, after, most) if len(wanted) > 2 else _short(wanted, field, after, most)
    by_id = Entry.objects.in_bulk(ids[:most])
    return Hits(field, [by_id[number] for number in ids[:most]], ids[most - 1] if len(ids) > most else None)


def _long(wanted: str, field: str, after: int, most: int) -> list[int]:
    """Ids of one field lie together, so the index is walked within that field's stretch only."""
    low, high = _stretch(field)
    phrase = '"' + wanted.replace('"', '""') + '"'
    sql = (
        "SELECT rowid FROM web_entry_text WHERE web_entry_text MATCH %s AND rowid > %s AND rowid <= %s "
        "ORDER BY rowid LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [phrase, max(after, low - 1), high, most + 1])
        return [row[0] for row in cursor.fetchall()]


def _short(wanted: str, field: str, after: int, most: int) -> list[int]:
    if field in _NAMED:
        rows = Entry.objects.filter(field=field, folded__contains=wanted)
    else:
        rows = Entry.objects.filter(field=field, folded__gte=wanted, folded__lt=wanted + "\U0010ffff")
    return list(rows.filter(id__gt=after).order_by("id").values_list("id", flat=True)[: most + 1])


def _stretch(field: str) -> tuple[int, int]:
    ids = Entry.objects.filter(field=field).order_by("id").values_list("id", flat=True)
    first, last = ids.first(), ids.last()
    return (first, last) if first is not None and last is not None else (1, 0)
