"""Lists of sellers: ads.txt and app-ads.txt (IAB 1.1), sellers.json (IAB 1.0).

DIRECT means that the file says the site holds the account; intermediaries have customers write it for theirs. RESELLER
lines are copied by thousands of unrelated sites and are kept apart.
"""

import json
from collections.abc import Iterator, Sequence

import re2

from marque.signals.hits import Hit
from marque.signals.rows import Match, options
from marque.signals.subject import TEXT, Subject

_LINE = re2.compile(
    rb"(?im)^[ \t]*([a-z0-9-]+(?:\.[a-z0-9-]+)+)[ \t]*,[ \t]*([^,#\s]{1,120})[ \t]*,[ \t]*(direct|reseller)\b",
    options(),
)
_SELLER = re2.compile(rb"\{[^{}]*\}", options())
_GOOGLE = "google.com"
_KINDS = {b"direct": "ads-txt-direct", b"reseller": "ads-txt-reseller"}


def find(subject: Subject, _matches: Sequence[Match]) -> Iterator[Hit]:
    """The lines of a list of sellers, where the record is one."""
    if subject.form != TEXT or not subject.seller_list:
        return
    yield from _sellers(subject) if subject.seller_list == "sellers.json" else _lines(subject)


def _lines(subject: Subject) -> Iterator[Hit]:
    for match in _LINE.finditer(subject.text):
        system, seller, relation = (group.lower() for group in match.groups())
        name, account = system.decode(), seller.decode("utf-8", "replace")
        yield Hit(_KINDS[relation], f"{name},{account}", match.start(1), match.end(3))
        if name == _GOOGLE and relation == b"direct" and account.startswith("pub-"):
            yield Hit("adsense-publisher", account, match.start(2), match.end(2))


def _sellers(subject: Subject) -> Iterator[Hit]:
    for match in _SELLER.finditer(subject.text):
        seller = _object(match[0])
        if isinstance(seller.get("seller_id"), str | int) and isinstance(seller.get("seller_type"), str):
            fields = (seller["seller_id"], seller["seller_type"], seller.get("domain") or "")
            value = ",".join([subject.record.host or "", *(str(field).strip().lower() for field in fields)])
            yield Hit("seller", value, match.start(), match.end())


def _object(text: bytes) -> dict[str, object]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
