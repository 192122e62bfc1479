"""Fingerprints of what a capture's pages show. They need no catalogue, so they are made once a capture and kept.

A page's pictures are put in reading order and stitched, because sites cut the same strip at other heights.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.evidence.model import Exchange, Record
from marque.works import patches, reading
from marque.works.model import FINGERPRINTS
from marque.works.pages import Page, collect
from marque.works.scratch import Kept, Scratch
from marque.works.strip import MAX_ROWS, PIXELS, Segment, Strip, stitch

LEAST_PAGE_AREA = 80_000  # a page with less picture than this shows no strip


def fingerprints(exchanges: Iterable[Exchange]) -> pa.Table:
    """The table FINGERPRINTS of one capture. A picture that could not be read has a row that names its problem."""
    with Scratch() as scratch:
        pages = collect(exchanges, scratch)
        seen: dict[tuple[str, ...], patches.Patches] = {}
        parts = []
        for name, page in pages.items():
            chosen = _chosen(page)
            if chosen:
                strip = _strip(page, chosen, scratch)
                same = tuple(kept.digest for _, kept in chosen)
                if same not in seen:  # a page captured every week is fingerprinted once
                    seen[same] = patches.find(strip)
                parts.append(table(strip, seen[same], name, page.site, page.time, column="record"))
            parts.append(_problems(name, page))
    return pa.concat_tables([FINGERPRINTS.empty_table(), *parts])


def _chosen(page: Page) -> list[tuple[Record, Kept]]:
    """The page's pictures in reading order, each once; nothing where they are too few to show a strip."""
    if not page.readable or sum(kept.width * kept.height for _, kept in page.pictures) < LEAST_PAGE_AREA:
        return []
    order = reading.ordered(page.html, page.uri, [record.uri for record, _ in page.pictures])
    chosen: dict[str, tuple[Record, Kept]] = {}
    for position in order:
        record, kept = page.pictures[position]
        chosen.setdefault(kept.digest, (record, kept))
    return list(chosen.values())


def _strip(page: Page, chosen: list[tuple[Record, Kept]], scratch: Scratch) -> Strip:
    """As many of the pictures as one strip holds; those beyond are named."""
    ends = np.cumsum([-(-kept.rows * PIXELS // kept.columns) for _, kept in chosen])
    fitting = int(np.searchsorted(ends, MAX_ROWS, side="right"))
    page.problems += [(record.record, "works.strip-too-long") for record, _ in chosen[fitting:]]
    return stitch(((record.record, scratch.read(kept)) for record, kept in chosen[:fitting]), page.uri)


def _problems(name: str, page: Page) -> pa.Table:
    rows = [
        {"site": page.site, "page": name, "time": page.time, "record": record, "problem": code}
        for record, code in page.problems
    ]
    return pa.Table.from_pylist(rows, schema=FINGERPRINTS)


def table(
    strip: Strip,
    found: patches.Patches,
    page: str,
    site: str | None,
    time: int | None,
    *,
    column: str,
) -> pa.Table:
    """FINGERPRINTS rows of one page. `column` is what the segments' names are: `record` or `file`."""
    rows = [
        {
            "site": site,
            "page": page,
            "time": time,
            "order": order,
            column: segment.name,
            **{name: getattr(segment, name) for name in ("width", "height", "top", "bottom")},
            **patch,
        }
        for order, segment in enumerate(strip.segments)
        for patch in _patches_of(found, segment) or [{}]
    ]
    return pa.Table.from_pylist(rows, schema=FINGERPRINTS)


def _patches_of(found: patches.Patches, segment: Segment) -> list[dict[str, object]]:
    first, last = np.searchsorted(found.y, [segment.top, segment.bottom])
    return [
        {
            "x": float(found.x[at]),
            "y": float(found.y[at]),
            "size": float(found.size[at]),
            "angle": float(found.angle[at]),
            "code": found.codes[at].tobytes(),
            "mirrored": found.mirrored[at].tobytes(),
        }
        for at in range(first, last)
    ]


def pages_of(fingerprint: pa.Table) -> Iterator[tuple[str | None, str, pa.Table]]:
    """Site, page and rows of each page, by page; without pictures that could not be read."""
    ordered = fingerprint.filter(pc.is_null(fingerprint["problem"])).sort_by(
        [(name, "ascending") for name in ("page", "order", "y", "x", "size", "angle")]
    )
    names = ordered["page"].to_pylist()
    start = 0
    for end in range(1, len(names) + 1):
        if end == len(names) or names[end] != names[start]:
            rows = ordered.slice(start, end - start)
            yield rows["site"][0].as_py(), names[start], rows
            start = end
