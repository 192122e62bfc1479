"""Real captures and lawful pages: spans lead back, checksums hold, and nobody lawful is accused."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from marque.evidence import captures, read
from marque.evidence.model import Exchange
from marque.signals.extract import Memory, extract
from marque.signals.model import Sighting
from tests.signals.captured import exchange

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
LAWFUL = SHARED / "html" / "lawful-control-pages.tar.xz"
CAPTURES = SHARED / "captures"
WRITTEN = ("iban", "google-analytics", "google-tag-manager")

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def lawful() -> list[tuple[bytes, list[Sighting]]]:
    if not LAWFUL.exists():
        pytest.skip("the shared folder is not here")
    return [(page, list(extract(exchange(page, f"https://page{at}.example/")))) for at, page in enumerate(_pages())]


def _pages() -> Iterator[bytes]:
    with tarfile.open(LAWFUL) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield file.read()


def test_no_lawful_page_is_accused(lawful: list[tuple[bytes, list[Sighting]]]) -> None:
    found = Counter(s.kind for _, page in lawful for s in page if s.role != "bystander")
    assert found["service-kind"] == 0
    assert found["announcement-channel"] == 0
    assert found["brand"] == 0
    assert found["risk"] == 0
    assert found["crypto-address"] == 0


def test_accounts_are_found_on_lawful_pages_too(lawful: list[tuple[bytes, list[Sighting]]]) -> None:
    assert len(lawful) == 258
    with_id = sum(any(s.kind.startswith("google-") for s in page) for _, page in lawful)
    assert with_id > 120


def test_spans_lead_back_to_the_value(lawful: list[tuple[bytes, list[Sighting]]]) -> None:
    for payload, page in lawful:
        for s in page:
            assert 0 <= s.start < s.end <= len(payload)
            if s.kind in WRITTEN:
                raw = payload[s.start : s.end].decode().replace(" ", "")
                assert raw.upper().lstrip("\"'=(,") == s.value


@pytest.mark.parametrize(
    "path", sorted(CAPTURES.rglob("*.*arc*")) + sorted(CAPTURES.rglob("*.wacz")), ids=lambda p: p.name
)
def test_captures_are_read_to_their_end(path: Path) -> None:
    try:
        capture = captures.outside(path)
    except Exception:  # a damaged or foreign file is the readers' affair
        pytest.skip("no capture")
    memory = Memory()
    for item in read.read(capture):
        if isinstance(item, Exchange):
            parts = {"payload": item.payload, "http-header": item.http_header, "record-header": item.record_header}
            for s in extract(item, memory):
                assert 0 <= s.start <= s.end <= len(parts[s.part])
