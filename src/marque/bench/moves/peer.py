"""The peer: exact brand and closest dates, as a careful analyst's script would do it."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from marque.networks import names
from marque.networks.moves import DAY, Seen

EARLY, LATE = 30, 60  # a beginning so many days before or after the other's end counts as one following the other
_PLAIN = re.compile(r"[-\d]+")
_ENDINGS = frozenset({"com", "net", "org", "tv", "cc", "io", "app", "site", "online"})


def propose(sites: Iterable[Seen], window: bool) -> dict[str, tuple[str, float]]:
    """Per site the one of its brand that ended nearest to its beginning; within the window only, if wanted."""
    brands: dict[str, list[Seen]] = defaultdict(list)
    for one in sites:
        brands[_brand(one.site)].append(one)
    found: dict[str, tuple[str, float]] = {}
    for members in brands.values():
        ended = sorted((one for one in members if one.last is not None), key=lambda one: (one.last or 0, one.site))
        ends = [one.last or 0 for one in ended]
        for one in members:
            old = _nearest(one, ended, ends)
            if old is not None and (not window or _within(old, one)):
                found[one.site] = (old.site, 1.0)
    return found


def _brand(site: str) -> str:
    label = _PLAIN.sub("", names.parse(site).label)
    for ending in sorted(_ENDINGS):
        if label.endswith(ending) and len(label) - len(ending) >= 4:
            return label.removesuffix(ending)
    return label or site


def _nearest(one: Seen, ended: list[Seen], ends: list[int]) -> Seen | None:
    """Of the brand's sites that began earlier, the one that ended nearest to this one's beginning."""
    if one.first is None:
        return None
    place = bisect_left(ends, one.first)
    close = ended[max(0, place - 20) : place + 20]
    older = [old for old in close if old.site != one.site and (old.first is None or old.first < one.first)]
    return min(older, key=lambda old: (abs((old.last or 0) - (one.first or 0)), old.site), default=None)


def _within(old: Seen, new: Seen) -> bool:
    return -EARLY * DAY <= (new.first or 0) - (old.last or 0) <= LATE * DAY
