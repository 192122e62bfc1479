"""Successors from captures: names and dates, and what the sites themselves showed of their end and their owner.

An impostor takes a known brand's name while every exclusive id it holds differs from the brand's: flagged, not linked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from marque import clock
from marque.evidence.model import CONTENT
from marque.networks import ends, kinds, moves, names, successors
from marque.networks.judgements import Pair, Voice
from marque.networks.model import SUCCESSORS
from marque.networks.moves import DAY, Seen, Step
from marque.networks.successors import Successor
from marque.works.cover import apart
from marque.works.model import MATCH

LINKED, UNLINKED, WORKS, ENDED, SEIZED, ALIVE, OTHER, IMPOSTOR = 4000, -2500, 1500, 1000, 2500, -7000, -6500, -9000
SISTER = -3000  # one hand and one catalogue, and nothing that points from the old address to the new
UNKNOWN = -6000  # nothing shows that the old address ended: only a name of one series and a link still say so
BRAND = 7500  # what a name alone must say to be the brand's
SOON = 14 * DAY  # an end seen so long after the other's beginning is no hand-over
CHANNEL = "announcement-channel"
REDIRECTS, SERVICE, LANGUAGES = "redirect-target", "service-kind", ("language-declared", "language-detected")
# A refusal (`blocked`) is given to visitors of a kind, not by a site that has gone.
_GONE = frozenset({"redirect", "seizure-banner", "parked", "error"})


@dataclass(slots=True)
class Facts:
    """What is known of one site beside its name: when its pages were read, how it ended, what it held and showed."""

    first: int | None = None
    last: int | None = None
    gone: int | None = None  # first capture that was no content any more
    seized: bool = False
    stopped: bool = False  # captures of it stop while the collection goes on
    redirect_to: str | None = None
    languages: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    exclusive: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    works: set[str] = field(default_factory=set)
    visits: list[int] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether anything shows that it ended. A redirect seen while pages were still read may be an advertiser's."""
        return self.gone is not None or self.stopped or self.redirects

    @property
    def redirects(self) -> bool:
        """Whether all that was seen of it is that it sends its readers on."""
        return self.redirect_to is not None and not self.visits

    def saw(self, moment: int) -> None:
        """One more moment at which a page was read."""
        self.first = moment if self.first is None else min(self.first, moment)
        self.last = moment if self.last is None else max(self.last, moment)
        self.visits.append(moment)


def gather(claims: pa.Table, records: pa.Table | None, matches: pa.Table | None) -> dict[str, Facts]:
    """Facts by site."""
    found: dict[str, Facts] = defaultdict(Facts)
    told = claims.filter(pc.not_equal(claims["kind"], REDIRECTS))
    spans = told.group_by("site", use_threads=False).aggregate([("first", "min"), ("last", "max")])
    for site, first, last in zip(*(spans[name].to_pylist() for name in ("site", "first_min", "last_max")), strict=True):
        found[site] = Facts(first, last)
    columns = (_telling(claims)[name].to_pylist() for name in ("site", "kind", "value"))
    for site, kind, value in zip(*columns, strict=True):
        _claim(found[site], kind, value)
    if records is not None:
        _records(records, found)
    if matches is not None:
        shown = apart.units(matches)
        for row in shown.filter(pc.equal(shown["answer"], MATCH)).select(["site", "work"]).to_pylist():
            if row["site"] is not None:
                found[row["site"]].works.add(row["work"])
    return dict(found)


def _telling(claims: pa.Table) -> pa.Table:
    """The claims whose values matter here: redirects, languages, exclusive ids that a page's copy does not carry."""
    exclusive = [kind.name for kind in kinds.known().values() if kind.against < 0 and kind.group != kinds.PAGE]
    wanted = pa.array([REDIRECTS, SERVICE, *LANGUAGES, *exclusive], pa.string())
    return claims.filter(pc.is_in(claims["kind"], value_set=wanted))


def _claim(facts: Facts, kind: str, value: str) -> None:
    if kind == REDIRECTS:
        facts.redirect_to = max(facts.redirect_to or "", value)
    elif kind == SERVICE:
        facts.services.add(value)
    elif kind in LANGUAGES:
        facts.languages.add(value)
    else:
        facts.exclusive[kind].add(value)


def _records(records: pa.Table, found: dict[str, Facts]) -> None:
    columns = (records[name].to_pylist() for name in ("site", "record", "page", "verdict", "time"))
    gone: dict[str, list[int]] = defaultdict(list)
    for site, record, page, verdict, time in zip(*columns, strict=True):
        if site is None or time is None or record != page:
            continue
        moment = clock.to_microseconds(time)
        if verdict == CONTENT:
            found[site].saw(moment)
        elif verdict in _GONE:
            gone[site].append(moment)
            found[site].seized |= verdict == "seizure-banner"
    for site, moments in gone.items():
        facts = found[site]
        later = [moment for moment in moments if facts.last is None or moment > facts.last]
        facts.gone = min(later, default=None)
    going_on = ends.latest([facts.visits for facts in found.values()])
    for facts in found.values():
        facts.stopped = ends.stopped(facts.visits, going_on)


def follow(facts: Mapping[str, Facts], links: pa.Table, judged: Mapping[Pair, Voice] | None = None) -> list[Successor]:
    """One best predecessor a site, with every row that makes its score. What analysts said of pairs holds."""
    linked = _linked(links)
    seen = [Seen(site, one.first, one.last, None, one.redirect_to) for site, one in facts.items()]

    def evidence(old: Seen, new: Seen) -> list[Step]:
        steps = _steps(facts[old.site], facts[new.site], linked[old.site].get(new.site))
        return [*steps, *_sister(old, new, facts)]

    found = successors.propose(seen, linked, evidence, judged)
    return [one for one in found if successors.likely(one) or impostor(one)]


def _sister(old: Seen, new: Seen, facts: Mapping[str, Facts]) -> list[Step]:
    """Sites of one hand carry one catalogue side by side: one that ends is not followed by each of its sisters."""
    before, after = facts[old.site], facts[new.site]
    named = moves.likeness(names.parse(old.site), names.parse(new.site))[0] > 0
    told = before.exclusive.get(CHANNEL, set()) & after.exclusive.get(CHANNEL, set())
    if named or told or old.redirect_to == new.site or (before.seized and before.gone is not None):
        return []
    return [Step("sister", "", SISTER, "networks.sister")]


def _linked(links: pa.Table) -> dict[str, dict[str, int]]:
    """Accepted links both ways, with their scores."""
    accepted = links.filter(links["accepted"])
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for a, b, score in zip(*(accepted[name].to_pylist() for name in ("site_a", "site_b", "score")), strict=True):
        found[a][b] = found[b][a] = score
    return found


def _steps(old: Facts, new: Facts, link: int | None) -> list[Step]:
    linked = Step("link", "", min(link, LINKED), "networks.linked-sites") if link is not None else None
    found = [linked or Step("link", "", UNLINKED, "networks.unlinked-sites")]
    if old.works and new.works and 2 * len(old.works & new.works) >= len(old.works | new.works):
        found.append(Step("works", str(len(old.works & new.works)), WORKS, "networks.same-works"))
    found.append(_end(old, new))
    if old.languages and new.languages and not old.languages & new.languages:
        found.append(Step("language", "", OTHER, "networks.other-language"))
    if old.services and new.services and not old.services & new.services:
        found.append(Step("service", "", OTHER, "networks.other-service"))
    known = old.gone is not None or bool(old.works & new.works)
    if link is None and known and _all_differ(old, new):
        found.append(Step("impostor", "", IMPOSTOR, "networks.impostor"))
    return found


def _end(old: Facts, new: Facts) -> Step:
    """What is known of the old address's end."""
    end = old.gone if old.gone is not None else old.last
    if end is not None and new.first is not None and end - new.first > SOON:
        return Step("end", "", ALIVE, "networks.old-alive")
    if old.seized and old.gone is not None:
        return Step("end", "", SEIZED, "networks.old-seized")
    if old.gone is not None:
        return Step("end", "", ENDED, "networks.old-ended")
    if old.stopped:
        return Step("end", "", ENDED, "networks.old-stopped")
    if old.redirects:
        return Step("end", "", ENDED, "networks.old-redirects")
    return Step("end", "", UNKNOWN, "networks.end-unknown")


def _all_differ(old: Facts, new: Facts) -> bool:
    """Whether both hold exclusive ids outside what a page's copy carries, and have none in common."""
    mine, other = (set().union(*facts.exclusive.values()) for facts in (old, new))
    return bool(mine) and bool(other) and not mine & other and len(new.exclusive) >= 2


def impostor(found: Successor) -> bool:
    """A brand's very name with nobody's ids but its own, after the brand had gone or with its works."""
    alike = any(step.kind == "name" and step.weight >= BRAND for step in found.steps)
    return alike and any(step.kind == "impostor" for step in found.steps)


def table(found: Iterable[Successor]) -> pa.Table:
    """The `successors` table, sorted by site."""
    rows = [
        {
            "site": one.site,
            "predecessor": one.predecessor,
            "probability": one.probability,
            "reasons": [_reason(step) for step in one.steps],
            "impostor": impostor(one),
        }
        for one in sorted(found, key=lambda one: one.site)
    ]
    return pa.Table.from_pylist(rows, schema=SUCCESSORS)


def _reason(step: Step) -> Mapping[str, object]:
    return {
        "kind": step.kind,
        "value": step.value,
        "family": "model" if step.kind in {"prior", "calibration"} else "other",
        "weight": step.weight,
        "counted": True,
        "supports": step.weight >= 0,
        "why": step.why,
    }
