"""What every sound capture of the invented site must come to, whoever recorded it."""

import hashlib

from marque.evidence.model import CONTENT
from marque.signals.extract import Memory, extract
from marque.signals.model import Sighting
from tests.evidence.making import Reading
from tests.producers.pages import ANSWERS, PANELS, STATS, TOON


def payloads_are_those_served(found: Reading) -> None:
    """Byte for byte, whatever the transfer and content codings were."""
    for exchange in found.exchanges:
        served, record = ANSWERS.get(exchange.record.uri), exchange.record
        if served is None or not exchange.payload:
            continue
        assert record.status == served.status
        assert record.payload_digest == hashlib.sha256(served.body).hexdigest(), record.uri


def parts_belong_to_pages_of_the_site(found: Reading) -> None:
    """Hosts of pictures and scripts are nobody's site; a page is its own."""
    for exchange in found.exchanges:
        if exchange.record.host in (PANELS, STATS):
            assert exchange.record.site in (TOON, None)
    assert TOON in {exchange.record.site for exchange in found.exchanges}


def sightings(found: Reading) -> list[Sighting]:
    """Every sighting, each of whose span holds what it is said to hold, as far as a value stands there in full."""
    memory, seen = Memory(), []
    for exchange in found.exchanges:
        for sighting in extract(exchange, memory):
            assert exchange.record.verdict == CONTENT
            part = exchange.payload if sighting.part == "payload" else exchange.http_header
            span = part[sighting.start : sighting.end]
            assert span or sighting.part == "record-header"
            if sighting.kind in ("google-analytics", "email", "adsense-publisher", "crypto-address"):
                plain = sighting.value.rpartition(":")[2].encode()
                assert plain.lower() in span.lower() or b"&" in span, (sighting.kind, span)
            seen.append(sighting)
    return seen
