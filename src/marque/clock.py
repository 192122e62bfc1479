"""Time. All stored times are UTC microseconds since 1970; unknown is None and neither supports nor excludes."""

from datetime import UTC, datetime


def now() -> datetime:
    """The wall clock, UTC. The one place that reads it."""
    return datetime.now(UTC)


def to_microseconds(moment: datetime) -> int:
    """UTC microseconds since 1970, exact (no float in between)."""
    span = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds


def from_microseconds(value: int) -> datetime:
    """Inverse of `to_microseconds`."""
    seconds, micro = divmod(value, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)


def parse_iso(text: str) -> int | None:
    """Microseconds of an ISO 8601 time, as WARC-Date and HAR write them; None where it is no such time.

    A time without offset is read as UTC (WARC 1.0 section 5.4 allows only Z). Digits after the sixth decimal are
    dropped, as WARC 1.1 allows nine.
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return to_microseconds(moment.astimezone(UTC))
    except OverflowError:
        return None


def parse_digits(text: str) -> int | None:
    """Microseconds of a 14-digit time (ARC, CDX, WACZ); None where it is no such time."""
    try:
        return to_microseconds(datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


def iso(value: int) -> str:
    """ISO 8601 with Z, microseconds only where there are any."""
    return from_microseconds(value).isoformat().replace("+00:00", "Z")
