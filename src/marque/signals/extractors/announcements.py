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
    sales = [match for match in matches if match.row.kind == "ad-sales"]
    sold = [(match, chosen) for match in sales if (chosen := _beside(match, contacts)) is not None]
    for _, chosen in sold:
        if chosen.role != ADVERTISER:
            yield Hit("ad-sales-contact", chosen.value, chosen.start, chosen.end)
    channels = [hit for hit in contacts if hit.value.partition(":")[0] in _CHANNELS]
    for match in matches:
        if match.row.kind == "ad-sales" or not _told(subject.text, match):
            continue
        chosen = _beside(match, [hit for hit in channels if not _sells(hit, match, sold)])
        if chosen is not None and chosen.role != ADVERTISER:
            yield Hit("announcement-channel", chosen.value, chosen.start, chosen.end)


def _beside(match: Match, contacts: Sequence[Hit]) -> Hit | None:
    """The contact that belongs to the words, if any stands near enough."""
    near = [hit for hit in contacts if match.start - _BEFORE <= hit.start <= match.end + _AFTER]
    return min(near, key=lambda hit: (_distance(match, hit), hit.value), default=None)


def _sells(hit: Hit, match: Match, sold: Sequence[tuple[Match, Hit]]) -> bool:
    """Whether a contact belongs to words that offer advertising space sooner than to these."""
    own = _distance(match, hit)
    return any(hit.value == chosen.value and _distance(words, hit) <= own for words, chosen in sold)


def _distance(match: Match, hit: Hit) -> int:
    """What follows the words belongs to them sooner than what stands before."""
    return hit.start - match.end if hit.start >= match.end else 2 * (match.start - hit.start)


def _told(text: bytes, match: Match) -> bool:
    around = text[max(0, match.start - _TOLD) : match.end + _TOLD].lower()
    return any(word in around for word in _telling()[match.row.vendor])


@cache
def _telling() -> dict[str, tuple[bytes, ...]]:
    return {line["language"]: tuple(word.encode() for word in line["words"].split("|")) for line in records("telling")}
