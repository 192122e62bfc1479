"""What an extractor hands to the runner: a value and where it stood. The runner adds whose and when."""

from typing import NamedTuple

SITE, ADVERTISER, BYSTANDER = "site", "advertiser", "bystander"


class Hit(NamedTuple):
    """One value found. Offsets count bytes of the scanned text (`payload`) or of the named part.

    `role` is set where the extractor knows it better than the place in the page tells.
    """

    kind: str
    value: str
    start: int
    end: int
    role: str | None = None
    part: str = "payload"
