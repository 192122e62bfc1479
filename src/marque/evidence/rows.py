"""A record as a row of the `records` table. Nothing a capture contains can make a row that the table refuses."""

from marque.evidence.model import Record

_LARGEST = {"status": 2**31 - 1, "time": 2**63 - 1}


def row(record: Record) -> dict[str, object]:
    locator = record.locator
    return {
        "record": record.record,
        "page": record.page,
        "source": record.source,
        "uri": _plain(record.uri),
        "site": _plain(record.site),
        "host": _plain(record.host),
        "time": _bounded("time", record.time),
        "status": _bounded("status", record.status),
        "media_type": _plain(record.media_type),
        "payload_digest": record.payload_digest,
        "locator": {
            "member": _plain(locator.member),
            "offset": locator.offset,
            "length": locator.length,
            "coding": locator.coding,
        },
        "verdict": record.verdict,
        "problems": [
            {
                "code": problem.code,
                "offset": problem.offset,
                "member": _plain(problem.member),
                "params": [{"name": name, "value": _plain(value)} for name, value in problem.params],
            }
            for problem in record.problems
        ],
    }


def _plain(text: str | None) -> str | None:
    """Text a table can hold: a lone surrogate is spelt out."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def _bounded(name: str, value: int | None) -> int | None:
    return value if value is not None and abs(value) <= _LARGEST[name] else None
