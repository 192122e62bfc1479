"""What marque is measured against, each run as a process of its own: `python -m marque.bench.peers NAME FILE`.

`floor` reads the records and parses the pages and does nothing else: whoever looks into pages pays that much.
"""

import re
import sys
from collections.abc import Callable, Iterator

_PATTERNS = (
    rb"\bUA-\d{4,10}-\d{1,4}\b",
    rb"\bG-[A-Z0-9]{8,12}\b",
    rb"\bGTM-[A-Z0-9]{4,9}\b",
    rb"\bpub-\d{14,16}\b",
    rb"t\.me/[A-Za-z0-9_]{4,32}",
    rb"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{4,80}\.[A-Za-z]{2,12}",
    rb"\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b",
    rb"\bbc1[02-9ac-hj-np-z]{11,71}\b",
)


def floor(path: str) -> None:
    """fastwarc and selectolax: every record read, every page parsed."""
    from selectolax.lexbor import LexborHTMLParser

    for media, payload in _responses(path):
        if media == "text/html":
            LexborHTMLParser(payload)


def soup(path: str) -> None:
    """fastwarc, BeautifulSoup and the standard library's patterns: links, scripts, and eight kinds of ids."""
    from bs4 import BeautifulSoup

    patterns = [re.compile(pattern) for pattern in _PATTERNS]
    for media, payload in _responses(path):
        if media == "text/html":
            page = BeautifulSoup(payload, "html.parser")
            page.find_all(["a", "script", "img", "meta"])
        for pattern in patterns:
            pattern.findall(payload)


def _responses(path: str) -> Iterator[tuple[str, bytes]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with open(path, "rb") as stream:  # noqa: PTH123 - as a user of the library would
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            payload = record.reader.read()
            yield (record.http_content_type or ""), payload


PEERS: tuple[tuple[str, Callable[[str], None], tuple[str, ...]], ...] = (
    ("floor", floor, ("fastwarc", "selectolax")),
    ("beautifulsoup-re", soup, ("fastwarc", "bs4")),
)

if __name__ == "__main__":
    next(run for name, run, _ in PEERS if name == sys.argv[1])(sys.argv[2])
