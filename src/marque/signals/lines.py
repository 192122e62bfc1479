"""Sightings as JSON lines, in the columns of `sightings.parquet`. What a record says once is encoded once."""

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

from marque.clock import iso
from marque.signals.model import Sighting


def lines(sightings: Iterable[Sighting]) -> Iterator[str]:
    """One JSON object a line; times are ISO 8601, null when unknown."""
    record, head, tail = None, "", ""
    for sighting in sightings:
        if sighting.record != record:
            record = sighting.record
            head, tail = (
                _head(sighting),
                f', "time": {_text(iso(sighting.time) if sighting.time is not None else None)}}}',
            )
        yield (
            f'{head}, "kind": "{sighting.kind}", "family": "{sighting.family}"'
            f', "value": {encode_basestring(sighting.value)}'
            f', "role": "{sighting.role}", "record": "{sighting.record}", "part": "{sighting.part}"'
            f', "start": {sighting.start}, "end": {sighting.end}'
            f', "extractor": "{sighting.extractor}", "version": {sighting.version}{tail}'
        )


def _head(sighting: Sighting) -> str:
    named = (("site", sighting.site), ("host", sighting.host), ("page", sighting.page), ("source", sighting.source))
    return "{" + ", ".join(f'"{name}": {_text(value)}' for name, value in named)


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)
