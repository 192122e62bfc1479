"""The text of an EPUB book in reading order: container, package, spine (EPUB 3.3; OCF), each chapter read as a page.

The zip file is read by the suspicious reader of captures; nothing is unpacked to disk, no entity is expanded and no
address outside the book is followed. A book under copy protection is named, not broken.
"""

import posixpath
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from marque.errors import InputRefused
from marque.evidence.model import Part
from marque.evidence.readers.zipdir import Member, directory
from marque.evidence.readers.zipped import opened
from marque.works.text.charset import decoded
from marque.works.text.markup import visible
from marque.works.text.model import Extracted
from marque.works.text.tags import Tag, tokens

MOST_CHAPTERS = 10_000
MOST_INFLATED = 64 << 20  # bytes of all chapters of a book together
_LONGEST = 16 << 20  # bytes of one chapter
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
# Fonts may be garbled so that they serve one book only (EPUB 3.3, 4.4): that protects no text.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = (".xhtml", ".html", ".htm", ".xml")


@dataclass(slots=True)
class _Book:
    part: Part
    members: dict[str, Member]
    left: int = MOST_INFLATED
    damaged: list[str] = field(default_factory=list)


def read(data: bytes, name: str) -> Extracted:
    """The book's text. Raises InputRefused where nothing of it can be read; damaged chapters are named."""
    with tempfile.NamedTemporaryFile(suffix=".epub") as stream:
        stream.write(data)
        stream.flush()
        part = Part(Path(stream.name), 0, len(data))
        members = directory(part).members
        if any(member.fault == "read.zip-encrypted" for member in members):
            raise InputRefused("works.text-protected", file=name)
        book = _Book(part, {member.name: member for member in members})
        spine = _spine(book)
        _unprotected(book, spine, name)
        chapters = [text for text in _chapters(book, spine) if text]
    if not chapters:
        raise InputRefused("works.text-book-damaged", file=name)
    return Extracted("\n\n".join(chapters), tuple(book.damaged))


def _chapters(book: _Book, spine: list[str]) -> Iterator[str]:
    for name in spine:
        content = _content(book, name, _LONGEST)
        if content is None:
            book.damaged.append(name)
        else:
            yield visible(decoded(content))


def _content(book: _Book, name: str, most: int) -> bytes | None:
    """A member's bytes; None where it is not there, damaged, or more than may be read of it or of the book."""
    member = book.members.get(name)
    if member is None or member.fault:
        return None
    most = min(most, book.left)
    window = opened(book.part, member)
    content = window.take(window.look(most + 1))
    book.left -= min(len(content), book.left)
    return None if window.faults or len(content) > most or len(content) < member.size else content


def _tags(book: _Book, name: str) -> Iterator[Tag]:
    content = _content(book, name, 1 << 22)
    if content is not None:
        yield from (token for token in tokens(decoded(content)) if isinstance(token, Tag) and not token.closing)


def _spine(book: _Book) -> list[str]:
    """The chapters in reading order; by name where the package does not say."""
    package = _package(book)
    addresses: dict[str, str] = {}
    order: list[str] = []
    for tag in _tags(book, package) if package else ():
        if tag.name == "item":
            item = tag.attributes()
            addresses.setdefault(item.get("id", ""), _inside(package, item.get("href", "")))
        elif tag.name == "itemref":
            order.append(tag.attributes().get("idref", ""))
    named = [addresses[place] for place in order if place in addresses]
    found = [name for name in dict.fromkeys(named) if name.lower().endswith(_PAGES) or name in book.members]
    pages = sorted(name for name in book.members if name.lower().endswith(_PAGES[:3]))
    return (found or pages)[:MOST_CHAPTERS]


def _package(book: _Book) -> str:
    for tag in _tags(book, _CONTAINER):
        if tag.name == "rootfile":
            return _inside("", tag.attributes().get("full-path", ""))
    return next((name for name in sorted(book.members) if name.lower().endswith(".opf")), "")


def _inside(of: str, address: str) -> str:
    """The member an address means, seen from another; what leads out of the book is the name of no member."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(of), path))


def _unprotected(book: _Book, spine: list[str], name: str) -> None:
    """Raises InputRefused where chapters are encrypted."""
    method = ""
    for tag in _tags(book, _ENCRYPTION):
        said = tag.attributes()
        if tag.name == "encryptionmethod":
            method = said.get("algorithm", "")
        elif tag.name == "cipherreference" and method not in _FONTS_ONLY and unquote(said.get("uri", "")) in spine:
            raise InputRefused("works.text-protected", file=name)
