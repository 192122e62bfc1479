"""Resources that many sites of a network stand on, with how many each carries and whose it is to act on.

That a resource is shared says whom to ask. It does not say that its owner knows what it carries.
"""

from dataclasses import dataclass

from marque.evidence.model import CONTENT
from marque.web.models import Member, Signal, Site

_MOST = 40
# Whose each kind of resource is. Of an account only the house that keeps it is a choke point, not the account.
OWNERS = {
    "ip-address": "host", "asn": "host", "cdn": "delivery", "cdn-address": "delivery", "name-server-set": "names",
    "image-host": "files", "file-host": "files", "player-host": "files",
    "donation-handle": "payment", "ad-zone": "advertising", "ad-account": "advertising", "affiliate-id": "advertising",
    "adsense-publisher": "advertising", "banner-advertiser": "advertiser", "announcement-channel": "platform",
}  # fmt: skip
_HOUSES = {"donation-handle", "ad-zone", "ad-account", "affiliate-id", "announcement-channel"}
_NAMED = {"adsense-publisher": "google-adsense"}


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """One resource: what it is, whose, and how many of the network's sites stand on it."""

    kind: str
    resource: str
    owner: str
    low: int  # sites whose last page captured was content
    high: int  # all sites that ever showed it
    of: int
    elsewhere: int | None  # sites of the run outside the network, where that is known of the value itself

    @property
    def value(self) -> str:
        """The value whose carriers can be shown; nothing where the resource stands for many accounts."""
        return "" if self.kind in _HOUSES or self.kind in _NAMED else self.resource


def chokepoints(network: str) -> list[Chokepoint]:
    """The resources of a network that carry at least two of its sites, those that carry most first."""
    names = Member.objects.filter(network=network).values("site")
    up = set(Site.objects.filter(site__in=names, state=CONTENT).values_list("site", flat=True))
    total = Member.objects.filter(network=network).count()
    carried: dict[tuple[str, str], set[str]] = {}
    everywhere: dict[tuple[str, str], int] = {}
    rows = Signal.objects.filter(site__in=names, kind__in=list(OWNERS)).exclude(role="bystander")
    for kind, value, site, sites in rows.values_list("kind", "value", "site", "sites")[:50_000]:
        key = kind, _resource(kind, value)
        carried.setdefault(key, set()).add(site)
        everywhere[key] = sites
    found = [
        Chokepoint(
            kind, resource, OWNERS[kind], len(here & up), len(here), total,
            None if kind in _HOUSES or kind in _NAMED else max(everywhere[kind, resource] - len(here), 0),
        )
        for (kind, resource), here in carried.items()
        if len(here) > 1
    ]  # fmt: skip
    found.sort(key=lambda row: (-row.high, -row.low, row.owner, row.kind, row.resource))
    return found[:_MOST]


def _resource(kind: str, value: str) -> str:
    if kind in _NAMED:
        return _NAMED[kind]
    return value.partition(":")[0] if kind in _HOUSES else value
