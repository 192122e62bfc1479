"""The text in a file, whatever kind of file it is: plain, HTML, EPUB, or the JSON in which readers' scripts fetch it.

The kind is told by content, never by name. What is no text is refused; that says nothing about what it is instead.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from marque.errors import InputRefused
from marque.works.text import book
from marque.works.text.charset import decoded
from marque.works.text.markup import visible
from marque.works.text.model import Extracted

MOST_BYTES = 16 << 20  # five million Chinese characters; a longer serial comes in volumes
_ZIP = b"PK\x03\x04"
_HEAD, _LOOK = 4_096, 1 << 16
_MARKUP = re.compile(
    r"(?i)<(?:!doctype|\?xml|html|head|body|div|p|br|span|article|main|section|h[1-6]|table|ul|ol|fictionbook|meta|title)"
    r"[\s/>]"
)
_PAGE = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body|meta)[\s/>]")  # whatever stands before or in it
_LONG = 40  # characters of a value in JSON that may be running text
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def extract(data: bytes, name: str) -> Extracted:
    """The text. Raises InputRefused, naming the file, for what is too large, empty or no text."""
    if len(data) > MOST_BYTES:
        raise InputRefused("works.text-too-large", file=name, most=MOST_BYTES >> 20)
    found = book.read(data, name) if data.startswith(_ZIP) else Extracted(_text(data, name))
    if not found.text.strip():
        raise InputRefused("works.text-empty", file=name)
    return found


def _text(data: bytes, name: str) -> str:
    text = decoded(data)
    if _binary(text[:_HEAD]) and not _PAGE.search(_CONTROL.sub("", text[:_LOOK])[:_HEAD]):
        raise InputRefused("works.text-unreadable", file=name)
    text = _CONTROL.sub("", text)  # a reader sees none of them
    head = text[:_HEAD]
    if head.count("\ufffd") * 10 > len(head) or head.startswith("%PDF-"):
        raise InputRefused("works.text-unreadable", file=name)
    if head.lstrip()[:1] in ("{", "["):
        values = _values(text)
        if values:
            return "\n".join(values)
    return _read(text)


def _binary(head: str) -> bool:
    return len(_CONTROL.findall(head)) * 50 > len(head)


def _read(text: str) -> str:
    return visible(text) if _MARKUP.search(text[:_HEAD]) else text


def _values(text: str) -> list[str]:
    """Long texts in a JSON document, in its order; nothing where it is none."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [_read(value) for value in _strings(body) if len(value) >= _LONG]


def _strings(body: Any) -> Iterator[str]:
    waiting = [body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
