"""What is compared with the originals: a case file from an investigating office, or pictures and files at hand.

A page is marked as a licensed outlet where the office's rights facts said so, or where those of the catalogue here do:
either may know a licence that the other does not. That nobody names it proves nothing; both tables may be incomplete.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from marque.errors import InputRefused
from marque.evidence import parcel
from marque.works import unit as units
from marque.works.catalogue import Catalogue
from marque.works.comparison import pictures, stretches
from marque.works.comparison.model import Comparison, Copy, Page
from marque.works.entries import STRIP
from marque.works.paths import medium_at
from marque.works.rights import Outlets

KIND, FORMAT = "case-file", 1
BY_CASE_FILE, BY_CATALOGUE = "case-file", "catalogue"


def is_case_file(path: Path) -> bool:
    """Whether a file is a parcel."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(parcel.MAGIC)) == parcel.MAGIC


def compare(catalogue: Catalogue, path: Path, originals: Sequence[Path]) -> tuple[Comparison, str]:
    """A case file, or a copy at hand, beside the originals; and the case file's signer ("" where there is none)."""
    medium = medium_at(originals[0])
    pages, signer = _opened(path, medium) if is_case_file(path) else (_at_hand(path, medium), "")
    if not pages:
        raise InputRefused("works.case-file-empty", path=str(path))
    if medium == STRIP:
        found = pictures.compare(catalogue, pages, originals)
    else:
        found = stretches.compare(catalogue, pages, originals[0], medium)
    return _asked(found, Outlets(catalogue.rights())), signer


def _asked(found: Comparison, outlets: Outlets) -> Comparison:
    """The comparison with what this catalogue's own rights facts say of each page."""
    sections = []
    for section in found.sections:
        page = section.page
        if outlets.licensed(page.site, found.unit.work, _time(page.time)):
            page = replace(page, licensed=(*page.licensed, BY_CATALOGUE))
        sections.append(replace(section, page=page))
    return replace(found, sections=tuple(sections))


def _time(written: str) -> datetime | None:
    """When a page was captured; None where that is not known, which excludes no licence."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _at_hand(path: Path, medium: str) -> list[Page]:
    files = list(units.files([path])) if medium == STRIP else [path]
    return [Page("", "", "", tuple(Copy(units.name_of(Path(file.name)), "", "", units.read(file)) for file in files))]


def _opened(path: Path, medium: str) -> tuple[list[Page], str]:
    """The pages of a case file with matches in one medium. Raises InputRefused for what is no sound case file."""
    found = parcel.read(path, KIND)
    try:
        pages = [_page(found, match) for match in found.body["matches"] if match["medium"] == medium]
    except (KeyError, TypeError) as reason:
        raise InputRefused("evidence.parcel-damaged", path=str(path)) from reason
    return pages, found.key


def _page(found: parcel.Parcel, match: dict[str, Any]) -> Page:
    records, page = found.body["records"], found.body["records"][match["page"]]
    copies = tuple(
        Copy(name, str(records[name]["uri"]), str(records[name]["time"]), found.read(records[name]["sha256"]))
        for name in match["records"]
        if records[name]["sha256"] in found.members
    )
    licensed = (BY_CASE_FILE,) if match["licensed"] else ()
    return Page(str(match["site"]), str(page["uri"]), str(page["time"]), copies, licensed)
