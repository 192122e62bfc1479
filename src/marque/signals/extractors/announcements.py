"""Where readers are told the next address, and whom to ask for advertising space: words with a contact beside them.

A page that says so speaks for itself; a copycat may point at the original's channel. A post office's new address is no
announcement: the words must stand near words for saying it in public and near a channel.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from marque.signals.hits import ADVERTISER, BYSTANDER, Hit
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("phrases")
_CHANNELS = frozenset({"telegram", "discord", "kakaotalk", "line", "whatsapp", "x", "signal", "zalo", "vk", "bluesky"})
_BEFORE, _AFTER = 200, 400  # bytes around the words in which a channel or contact belongs to them
_TOLD = 240


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """For every such phrase, the nearest contact of the kind it asks for."""
    if not subject.html:
        return
    contacts = [hit for hit in subject.found if hit.kind in ("chat-handle", "email") and hit.role != BYSTANDER]
    for match in matches:
        if match.row.kind == "ad-sales":
            yield from _beside("ad-sales-contact", match, contacts)
        elif _told(subject.text, match):
            channels = [hit for hit in contacts if hit.value.partition(":")[0] in _CHANNELS]
            yield from _beside("announcement-channel", match, channels)


def _beside(kind: str, match: Match, contacts: Sequence[Hit]) -> Iterator[Hit]:
    near = [hit for hit in contacts if match.start - _BEFORE <= hit.start <= match.end + _AFTER]
    chosen = min(near, key=lambda hit: (_distance(match, hit), hit.value), default=None)
    if chosen is not None and chosen.role != ADVERTISER:
        yield Hit(kind, chosen.value, chosen.start, chosen.end)


def _distance(match: Match, hit: Hit) -> int:
    """What follows the words belongs to them sooner than what stands before."""
    return hit.start - match.end if hit.start >= match.end else 2 * (match.start - hit.start)


def _told(text: bytes, match: Match) -> bool:
    around = text[max(0, match.start - _TOLD) : match.end + _TOLD].lower()
    return any(word in around for word in _telling()[match.row.vendor])


@cache
def _telling() -> dict[str, tuple[bytes, ...]]:
    return {line["language"]: tuple(word.encode() for word in line["words"].split("|")) for line in records("telling")}
