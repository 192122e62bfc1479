"""Times as mail and HTTP write them (RFC 5322), which MHTML and some saving programs use."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from marque.clock import to_microseconds


def parse_mail(text: str) -> int | None:
    """UTC microseconds of such a time, None where it is none. Without a zone it is read as UTC."""
    try:
        moment = parsedate_to_datetime(text)
        return to_microseconds(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
