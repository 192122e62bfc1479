"""What is worth knowing about a sound capture, as codes: nothing wrong, but not checked either."""

from marque.evidence.model import Capture
from marque.evidence.readers import wacz, zipdir

SIGNED = "evidence.wacz-signed"


def of(capture: Capture) -> tuple[str, ...]:
    """The notes on a capture."""
    if capture.kind != "wacz":
        return ()
    part = capture.parts[""]
    return (SIGNED,) if wacz.is_signed(part, zipdir.directory(part)) else ()
