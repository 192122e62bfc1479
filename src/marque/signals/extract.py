"""Capture to sightings: one pass for every row and every element, and provenance stamped here and nowhere else.

Only a record whose verdict is `content` and whose page is known supports a sighting. One exception says nothing about
content: where a redirect points, because a service that moves shows it in nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from marque.evidence.model import CONTENT, Exchange
from marque.signals import derived, regions, whose
from marque.signals.addresses import tail_of
from marque.signals.extractor import ANYTHING, PAGES, Extractor
from marque.signals.extractors import (
    ads_txt,
    advertising,
    analytics,
    announcements,
    banners,
    contacts,
    crypto,
    editorial,
    favicons,
    ibans,
    infrastructure,
    languages,
    page_family,
    panel_marks,
    payments,
    picture_hashes,
    releases,
    risks,
    services,
    verification,
    widgets,
)
from marque.signals.hits import BYSTANDER, SITE, Hit
from marque.signals.kinds import families
from marque.signals.model import Sighting
from marque.signals.rows import Match
from marque.signals.scan import Scanner, scanner
from marque.signals.subject import BINARY, STYLE, Subject

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 5
REDIRECT = "redirect"
_REMEMBERED, _MOST_ICONS = 20_000, 16
_MOST_PANELS = 120  # of a capture: reading one takes seconds

# In this order: a later one may read what an earlier one found in the same record (`subject.found`).
EXTRACTORS: tuple[Extractor, ...] = (
    Extractor("analytics", analytics.find, analytics.ROWS),
    Extractor("advertising", advertising.find, advertising.ROWS),
    Extractor("ads-txt", ads_txt.find, always=True),
    Extractor("payments", payments.find, payments.ROWS),
    Extractor("crypto", crypto.find, crypto.ROWS),
    Extractor("ibans", ibans.find, ibans.ROWS),
    Extractor("banners", banners.find, banners.ROWS, ANYTHING, always=True),
    Extractor("picture-hashes", picture_hashes.find, picture_hashes.ROWS, ANYTHING, always=True),
    Extractor("contacts", contacts.find, contacts.ROWS),
    Extractor("announcements", announcements.find, announcements.ROWS, PAGES),
    Extractor("verification", verification.find, verification.ROWS, always=True),
    Extractor("widgets", widgets.find, widgets.ROWS),
    Extractor("page-family", page_family.find, page_family.ROWS, PAGES, always=True),
    Extractor("languages", languages.find, languages.ROWS, PAGES, always=True),
    Extractor("favicons", favicons.find, favicons.ROWS, ANYTHING, always=True),
    Extractor("infrastructure", infrastructure.find, infrastructure.ROWS, ANYTHING, always=True),
    Extractor("services", services.find, services.ROWS, PAGES, always=True),
    Extractor("risks", risks.find, risks.ROWS, ANYTHING, always=True),
    Extractor("releases", releases.find, releases.ROWS),
    Extractor("panel-marks", panel_marks.find, panel_marks.ROWS, PAGES | {BINARY}, always=True),
    Extractor("editorial", editorial.find, editorial.ROWS, PAGES),
)
_Found = dict[tuple[str, str, str, str], tuple[Hit, str]]


@dataclass(slots=True)
class Memory:
    """What a capture's pages said about pictures that come after them. Without one, pictures speak for themselves."""

    banners: set[str] = field(default_factory=set)
    icons: set[tuple[str | None, str]] = field(default_factory=set)  # with the site whose page named them
    logos: set[tuple[str | None, str]] = field(default_factory=set)
    panels: dict[tuple[str | None, str], str] = field(default_factory=dict)  # with the language of their page

    def learn(self, subject: Subject) -> None:
        """Bounded: a page that names a million banners teaches nothing about the last ones."""
        if len(self.banners) < _REMEMBERED:
            self.banners.update(subject.pictures[:_REMEMBERED])
        if len(self.icons) < _REMEMBERED:
            self.icons.update((subject.record.site, address) for address in subject.icons[:_MOST_ICONS])
        if len(self.logos) < _REMEMBERED:
            self.logos.update((subject.record.site, address) for address in subject.logos)
        for address, language in subject.panels[: max(0, _MOST_PANELS - len(self.panels))]:
            self.panels.setdefault((subject.record.record, tail_of(address)), language)

    def remind(self, subject: Subject) -> None:
        """Tell a picture what pages before it said about it."""
        subject.banner = subject.record.uri in self.banners
        subject.icon = (subject.record.site, subject.record.uri) in self.icons
        subject.logo = (subject.record.site, subject.record.uri) in self.logos
        subject.panel = self.panels.get((subject.record.page, tail_of(subject.record.uri)), "")


def extract(exchange: Exchange, memory: Memory | None = None) -> Iterator[Sighting]:
    """The sightings of one exchange, sorted; each value once a role and part, at its first place."""
    record = exchange.record
    if record.page is None or record.site is None or record.verdict not in (CONTENT, REDIRECT):
        return
    subject = Subject(exchange)
    if record.verdict == REDIRECT:
        for hit in infrastructure.redirects(subject):
            yield _stamp(subject)(hit, SITE, "infrastructure")
        return
    if memory is not None and subject.form == BINARY:
        memory.remind(subject)
    elsewhere = whose.foreign(subject)
    found: _Found = {}
    for extractor, hit in _hits(subject):
        role = BYSTANDER if elsewhere else hit.role or whose.role_at(subject, hit.kind, hit.part, hit.start)
        key = (hit.kind, hit.value, role, hit.part)
        if key not in found or hit.start < found[key][0].start:
            found[key] = (hit, extractor)
    if memory is not None:
        memory.learn(subject)
    stamp = _stamp(subject)
    for (_, _, role, _), (hit, extractor) in sorted(found.items()):
        yield stamp(hit, role, extractor)


def as_table(sightings: Iterable[Sighting]) -> "pa.Table":
    """Sightings in the columns of `sightings.parquet`."""
    import pyarrow as pa

    from marque.signals.model import SIGHTINGS

    names = SIGHTINGS.names
    columns: dict[str, list[object]] = {name: [] for name in names}
    for sighting in sightings:
        for name in names:
            columns[name].append(getattr(sighting, name))
    return pa.table(columns, schema=SIGHTINGS)


def _hits(subject: Subject) -> Iterator[tuple[str, Hit]]:
    matches = _matches(subject)
    for extractor in EXTRACTORS:
        own = matches.get(extractor.name, [])
        if subject.form not in extractor.forms or not (own or extractor.always):
            continue
        hits = list(extractor.find(subject, own))
        subject.found.extend(hits)
        for hit in hits:
            yield extractor.name, hit


def _matches(subject: Subject) -> dict[str, list[Match]]:
    """What the one pass finds, by extractor; hidden text is read as well, under the span it hides in."""
    matches: dict[str, list[Match]] = {}
    if subject.form in (BINARY, STYLE) or not subject.exchange.payload:
        return matches
    owners, scan = _owners(), _scanner()
    swept = scan.sweep(subject.text)
    subject.markup = swept.markup
    for index, match in scan.matches(subject.text, swept.windows):
        matches.setdefault(owners[index], []).append(match)
    for hidden in matches.pop(_HIDDEN, []):
        for text in derived.decoded(hidden):
            for index, match in scan.matches(text, scan.sweep(text).windows):
                placed = match._replace(start=hidden.start, end=hidden.end)
                matches.setdefault(owners[index], []).append(placed)
    matches.pop(_HIDDEN, None)
    subject.openings = [(m.start, m.end, m.groups[1] or b"") for m in matches.pop(_REGIONS, [])]
    return matches


_HIDDEN, _REGIONS = "hidden text", "regions"


@cache
def _scanner() -> Scanner:
    own = [row for extractor in EXTRACTORS for row in extractor.rows]
    return scanner([*own, *derived.ROWS, *regions.rows()])


@cache
def _owners() -> tuple[str, ...]:
    own = [extractor.name for extractor in EXTRACTORS for _ in extractor.rows]
    return (*own, *[_HIDDEN] * len(derived.ROWS), *[_REGIONS] * len(regions.rows()))


def _stamp(subject: Subject) -> Callable[[Hit, str, str], Sighting]:
    """What makes sightings of the record's hits: provenance is the record's, offsets those of the bytes as captured."""
    record, family_of, transcoded = subject.record, families(), subject.transcoded
    site, host, page, source, number, time = (
        record.site,
        record.host,
        record.page,
        record.source,
        record.record,
        record.time,
    )

    def stamp(hit: Hit, role: str, extractor: str) -> Sighting:
        kind, value, start, end, _, part = hit
        if transcoded and part == "payload":
            start, end = subject.raw_span(start, end)
        family = family_of[kind]
        return Sighting(
            site, host, page, source, kind, family, value, role, number, part, start, end, extractor, VERSION, time
        )

    return stamp
