"""Which visits lie in which capture file: mostly a file a site, a file a visit for the service, one sweep of many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from marque.clock import from_microseconds
from marque.training.archives import wacz, warc
from marque.training.cast import HERO
from marque.training.model import Visit

# Captures that were packed as WACZ, and the sites that one crawl swept up into a single file.
PACKED = (
    "norivia-es.example",
    "norivia-jp.example",
    "vinetazul.example",
    "komayomi.example",
    "papelriscado.example",
    "inkharbor.example",
    "aflamkom.test",
    "palettetoon.example",
)
SWEPT = (
    "toonpark.example",
    "denshelf.example",
    "guardedtoon.example",
    "paperlane.test",
    "millbakery.example",
    "riverdental.example",
    "choirhall.example",
    "cycleclub.test",
    "portnews.example",
    "gardendiary.example",
)
SWEEP = "sweep-2026-10.warc.gz"
# A second one at the end looked at the front pages of most sites that were still up.
LATER = "sweep-2026-11.warc.gz"
# A crawl that broke off: two thirds of the file of this site, cut in the middle of a record.
BROKEN, BROKEN_OFF = "quaytoons.warc.gz", "quaytoons-interrupted.warc.gz"


def packed(met: Iterable[Visit]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every capture. A file's exchanges stand in order of time."""
    files: dict[str, list[Visit]] = defaultdict(list)
    for visit in met:
        files[file_of(visit)].append(visit)
    for name, found in sorted(files.items()):
        replies = sorted((reply for visit in found for reply in visit.replies), key=lambda reply: reply.time)
        if name.endswith(".wacz"):
            yield name, wacz.pack(replies, name.removesuffix(".wacz"), replies[0].time)
            continue
        data, _entries = warc.write(replies, name, replies[0].time)
        if name == BROKEN:
            yield BROKEN_OFF, data[: len(data) * 2 // 3]
        yield name, data


def file_of(visit: Visit) -> str:
    """The name of the file a visit lies in."""
    site = visit.site
    if visit.swept:
        return LATER
    if site.host in SWEPT:
        return SWEEP
    stem = site.host.rpartition(".")[0]
    if site.operator == HERO:
        stem = f"{stem}-{from_microseconds(visit.time):%Y%m%d}"
    return f"{stem}.wacz" if site.host in PACKED else f"{stem}.warc.gz"
