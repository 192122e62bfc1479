"""Which entry of a HAR is the page that a `pageref` stands for.

HAR does not say. The page is the document whose title is its address (Chrome, Safari), the first that was asked for
as a document (Sec-Fetch-Dest), or the first HTML document that came before everything else or that the others name as
their referrer. Where the page itself was not recorded, a frame of it must not take its place; then there is none.
One pageref may stand for a whole tab (Playwright): every later document of the same frame, or asked for as a
document, is a page of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.readers.item import Item
from marque.evidence.sites import bare, origin

_HTML = ("text/html", "application/xhtml+xml")


class Tops(NamedTuple):
    """The page of a pageref, its later ones, and the frame they stand in.

    `main` is None where the page is not among the entries; then `address` is what the others name as their referrer.
    """

    main: int | None
    pages: frozenset[int]
    frame: str | None
    address: str | None = None


@dataclass(slots=True)
class _Group:
    """The entries of one pageref."""

    first: int | None = None
    cited: Counter[str] = field(default_factory=Counter)
    documents: list[tuple[int, int, str, str | None, bool]] = field(default_factory=list)
    frames: dict[int, str | None] = field(default_factory=dict)
    seen: int = 0

    def add(self, item: Item) -> None:
        self.seen += 1
        redirect = item.status is not None and 300 <= item.status < 400 and item.status != 304
        time = item.time if item.time is not None else 0
        if not redirect:
            self.first = time if self.first is None else min(self.first, time)
        referrer = bare(item.hints.referrer) if item.hints.referrer else None
        if referrer:
            self.cited[referrer] += 1
        asked = item.hints.kind == "document"
        if (item.media_type in _HTML and not redirect and item.hints.kind is None) or asked:
            self.documents.append((time, item.ordinal, bare(item.uri), referrer, asked))
        if asked or item.hints.kind is None:
            self.frames[item.ordinal] = item.hints.frame

    def main(self, title: str | None) -> int | None:
        """The ordinal of the page."""
        ordered = sorted(self.documents)
        for _, ordinal, address, _, _ in ordered:
            if title and address == bare(title):
                return ordinal
        asked = [ordinal for _, ordinal, _, _, asked in ordered if asked]
        if asked:
            return asked[0]
        for time, ordinal, address, referrer, _ in ordered:
            root = bare(origin(address))
            named = self.cited[address] + (self.cited[root] if root not in (address, referrer) else 0)
            if time == self.first or (named and named >= (self.cited[referrer] - 1 if referrer else 0)):
                return ordinal
        return None

    def unseen(self, title: str | None) -> str | None:
        """The address of a page that was not recorded: its title where that is one, else what most entries name."""
        if title and title.startswith(("http://", "https://")):
            return bare(title)
        named = max(self.cited.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        return named[0] if 2 * named[1] > self.cited.total() else None

    def tops(self, title: str | None) -> Tops:
        """The page and every page the same tab went on to."""
        main = self.main(title)
        if main is None:
            return Tops(None, frozenset(), None, self.unseen(title))
        frame = self.frames.get(main)
        later = {
            ordinal
            for _, ordinal, _, _, asked in self.documents
            if ordinal > main and (asked or (frame is not None and self.frames.get(ordinal) == frame))
        }
        return Tops(main, frozenset({main, *later}), frame)


def mains(items: Iterable[Item], titles: Mapping[str, str]) -> dict[str, Tops]:
    """The pages of each pageref."""
    groups: dict[str, _Group] = {}
    for item in items:
        if item.hints.page is not None and (item.hints.page in groups or len(groups) < limits.ADDRESSES):
            groups.setdefault(item.hints.page, _Group()).add(item)
    return {page: group.tops(titles.get(page)) for page, group in groups.items()}
