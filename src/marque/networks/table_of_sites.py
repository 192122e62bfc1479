"""A table of sites with dates (TSV): what `marque networks successors` reads."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from marque import clock
from marque.errors import InputRefused, WrongUsage
from marque.networks.moves import Seen

NEEDED = ("site", "first_seen", "last_seen")
csv.field_size_limit(1 << 20)


def read(path: Path) -> list[Seen]:
    """One site a row, a repeated site folded into one. An empty date is unknown; a wrong one is refused."""
    if not path.is_file():
        raise WrongUsage("networks.no-such-file", path=str(path))
    folded: dict[str, Seen] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for one in _rows(stream, path):
                folded[one.site] = _fold(folded.get(one.site), one)
    except (UnicodeDecodeError, csv.Error) as reason:
        raise InputRefused("networks.unreadable", path=str(path)) from reason
    return list(folded.values())


def _rows(stream: Iterable[str], path: Path) -> Iterator[Seen]:
    reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise InputRefused("networks.site-columns", columns=", ".join(missing))
    for number, row in enumerate(reader, 2):
        site = (row["site"] or "").strip().lower()
        if site:
            first, last = (_date(row, name, path, number) for name in ("first_seen", "last_seen"))
            yield Seen(site, first, last, _text(row, "title"), _text(row, "redirect_to"))


def _date(row: Mapping[str, str | None], name: str, path: Path, number: int) -> int | None:
    text = (row[name] or "").strip()
    if not text:
        return None
    moment = clock.parse_iso(text)
    if moment is None:
        raise InputRefused("networks.no-date", path=str(path), line=number, text=text[:60])
    return moment


def _text(row: Mapping[str, str | None], name: str) -> str | None:
    text = (row.get(name) or "").strip()
    return (text.lower() if name == "redirect_to" else text) or None


def _fold(before: Seen | None, one: Seen) -> Seen:
    if before is None:
        return one
    return Seen(
        one.site,
        min((moment for moment in (before.first, one.first) if moment is not None), default=None),
        max((moment for moment in (before.last, one.last) if moment is not None), default=None),
        one.title or before.title,
        one.redirect_to or before.redirect_to,
    )
