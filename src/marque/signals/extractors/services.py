"""What kind of service a page is part of, by criteria that a person can check one by one.

A criterion says what the page does. A licensed reader meets those of a strip reader too: nothing here says that a
licence is missing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from marque.evidence.sites import site_of
from marque.signals.addresses import absolute, path_of
from marque.signals.hits import Hit
from marque.signals.markup import Element, links
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("services") + load("sellers")
CRITERION, KIND = "service-criterion", "service-kind"
_COLUMN = 4  # pictures of one folder, numbered: a strip cut into slices
_OUTBOUND = 8  # foreign sites linked in one list
_SMALLEST = 200
_CODES = re.compile(r"[0-9a-f]{6,}|[0-9]+")
_NAMED = {"brand": 40, "seller-name": 60}
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")  # lazy loaders keep it under another name


@dataclass(frozen=True, slots=True)
class Need:
    """How many criteria a kind needs on one page, and the one it cannot do without."""

    least: int
    must: str


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Criteria met, then the kinds that have enough of them; brands and sellers only where copies are offered."""
    if not (subject.html and subject.top):
        return
    met: dict[str, Hit] = {}
    for hit in _criteria(subject, matches):
        met.setdefault(hit.value, hit)
    yield from met.values()
    kinds = _enough(met)
    for kind in kinds:
        yield Hit(KIND, kind, met[f"{kind}:{_needed()[kind].must}"].start, met[f"{kind}:{_needed()[kind].must}"].end)
    if "counterfeit-shop" in kinds:
        yield from _named(matches)


def _enough(met: dict[str, Hit]) -> list[str]:
    counts = Counter(value.partition(":")[0] for value in met)
    return [
        kind for kind, need in sorted(_needed().items()) if counts[kind] >= need.least and f"{kind}:{need.must}" in met
    ]


@cache
def _needed() -> dict[str, Need]:
    return {line["service"]: Need(int(line["least"]), line["must"]) for line in records("services_needed")}


def _criteria(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    by_value: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if match.row.kind == CRITERION:
            by_value[match.value()].append(match)
    for value, found in sorted(by_value.items()):
        if len(found) >= int(found[0].row.check):
            yield Hit(CRITERION, value, found[0].start, found[0].end)
    yield from (
        Hit(CRITERION, "streaming:player", hit.start, hit.end) for hit in subject.found if hit.kind == "player-host"
    )
    if any(value.startswith("strip-reader:") for value in by_value):  # alone, pictures name no kind of service
        yield from _column(subject)
    yield from _outbound(subject, by_value)


def _column(subject: Subject) -> Iterator[Hit]:
    """Pictures whose addresses differ by numbers or codes alone, as readers of strips show a unit.

    Portraits and products have names. Whoever keeps every slice in a folder of its own still counts the folders.
    """
    groups: dict[str, list[tuple[str, str, Element]]] = defaultdict(list)
    for image in subject.document.pictures(linked=False):
        name, address = _source(image)
        if image.tag == "img" and address and not _small(image):
            groups[_shape(address)].append((address, name, image))
    for shape, group in groups.items():
        names = {address for address, _, _ in group}
        tall = sum(_tall(image) for _, _, image in group)
        if (len(names) >= _COLUMN or (len(names) > 1 and tall > 1)) and _counts(shape):
            _, name, first = group[0]
            yield Hit(CRITERION, "strip-reader:image-column", *first.span(name))
            return


def _source(image: Element) -> tuple[str, str]:
    """The picture's address and the attribute it stands in."""
    held = image.attributes  # all at once, since several are asked for
    for name in _SOURCES:
        if name.encode() in held and (written := image.get(name).strip()) and not written.startswith("data:"):
            return name, written
    return "", ""


def _tall(image: Element) -> bool:
    """Whether a picture says that it is clearly taller than wide, as slices of strips are."""
    width, height = image.pixels("width"), image.pixels("height")
    return width > 0 and height * 2 >= width * 3


def _small(image: Element) -> bool:
    return 0 < image.pixels("width") < _SMALLEST


def _shape(address: str) -> str:
    """An address with its numbers and codes taken out."""
    return _CODES.sub("#", address.partition("?")[0].lower())


def _counts(shape: str) -> bool:
    """Whether the file's own name holds a number or code."""
    return "#" in shape.rpartition("/")[2].rpartition(".")[0]


def _outbound(subject: Subject, by_value: dict[str, list[Match]]) -> Iterator[Hit]:
    """Links to many foreign sites, counted only on pages that call themselves a list of sites."""
    if "link-site:offer-words" not in by_value:
        return
    own, sites = subject.record.site, dict[str, Element]()
    for link in links(subject.text):
        address = absolute(link.get("href"), subject.address)
        site = site_of(address) if address.startswith("http") and not path_of(address).strip("/") else None
        if site and site != own:
            sites.setdefault(site, link)
    if len(sites) >= _OUTBOUND:
        yield Hit(CRITERION, "link-site:outbound-list", *next(iter(sites.values())).span("href"))


def _named(matches: Sequence[Match]) -> Iterator[Hit]:
    for match in matches:
        if match.row.kind not in _NAMED:
            continue
        for name in re.split(r"\s*[,;/·]\s*", match.value()):
            folded = " ".join(name.casefold().split()).strip(" .")
            if 2 <= len(folded) <= _NAMED[match.row.kind]:
                yield Hit(match.row.kind, folded, match.start, match.end)
