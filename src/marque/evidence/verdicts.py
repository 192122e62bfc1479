"""What a response is: content, or something that stands in its place."""

from marque.evidence.model import CONTENT
from marque.evidence.readers.item import Item


def verdict_of(item: Item, top: bool) -> str:
    """The verdict of one response, judged by itself."""
    status = item.status
    if status is None:
        return "error" if item.locator.coding == "har" else CONTENT
    if status == 451:
        return "blocked"
    if 300 <= status < 400 and status != 304:
        return "redirect"
    return "error" if status >= 400 else CONTENT
