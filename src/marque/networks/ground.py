"""Where there is ground to ask who runs a site, and where there is none.

Newspapers, agencies and blogs share advertising accounts and analytics with sister titles. Who owns them is no
business of a programme against piracy: two sites that give no ground to look, one of which declares itself editorial,
are not linked over such things, and money is traced only for sites that give ground or stand in a network. The pair
stays in the links table, not accepted, with this reason. What would change it: a whole catalogued work on its pages,
a service such as readers of piracy come for, a channel that announces the next address, a risk to visitors, a payment
account in common, or an analyst's judgement.
"""

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marque.works.cover import apart
from marque.works.model import MATCH

BANNERS = ("banner-advertiser", "referral-code")
GROUNDS = ("service-kind", "announcement-channel", "risk")
EDITORIAL = "editorial-type"


@dataclass(frozen=True, slots=True)
class Ground:
    """`given`: sites that give ground to look. `editorial`: sites that declare themselves articles or newsrooms.

    `trade`: sites that carry a banner or a referral code that sites which give ground carry too. That is no ground to
    look at anybody; but nobody else can put it on a site, so what the two share is less likely to be planted.
    """

    given: frozenset[str]
    editorial: frozenset[str]
    trade: frozenset[str] = frozenset()

    def none_between(self, a: str, b: str) -> bool:
        """Whether there is no ground to link two sites: neither gives any, and one declares itself editorial."""
        return not {a, b} & self.given and bool({a, b} & self.editorial)


def ground(sightings: pa.Table, matches: pa.Table | None = None) -> Ground:
    """Read off a run's own tables. What a bystander wrote gives no ground."""
    given = _sites(sightings, GROUNDS)
    if matches is not None:
        shown = apart.units(matches)
        held = shown.filter(pc.equal(shown["answer"], MATCH))
        given |= {site for site in held["site"].to_pylist() if site is not None}
    return Ground(frozenset(given), frozenset(_sites(sightings, (EDITORIAL,))), _trade(sightings, given))


def _trade(sightings: pa.Table, given: set[str]) -> frozenset[str]:
    wanted = pc.and_(pc.is_in(sightings["kind"], value_set=pa.array(BANNERS)), pc.is_valid(sightings["site"]))
    if "role" in sightings.column_names:
        wanted = pc.and_(wanted, pc.not_equal(pc.fill_null(sightings["role"], "site"), "bystander"))
    carried: dict[str, set[str]] = defaultdict(set)
    shown = sightings.filter(wanted)
    for site, value in zip(shown["site"].to_pylist(), shown["value"].to_pylist(), strict=True):
        carried[value].add(site)
    return frozenset(site for sites in carried.values() if sites & given for site in sites)


def _sites(sightings: pa.Table, kinds: tuple[str, ...]) -> set[str]:
    wanted = pc.is_in(sightings["kind"], value_set=pa.array(kinds, pa.string()))
    if "role" in sightings.column_names:
        wanted = pc.and_(wanted, pc.equal(pc.fill_null(sightings["role"], "site"), "site"))
    return {site for site in sightings.filter(wanted)["site"].to_pylist() if site is not None}
