"""Books are read in the order of their spine, and whatever is wrong with one costs little and is named."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.works.text import book

CONTAINER = '<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>'
PACKAGE = (
    '<package><opf:manifest><item id="a" href="one%201.xhtml"/><item href="../two.xhtml" id="b"/>'
    '<item id="c" href="cover.png"/></opf:manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
)
PAGES = {"OEBPS/one 1.xhtml": "<html><p>First &amp; last.</p></html>", "two.xhtml": "<html><p>Second.</p></html>"}


def epub(members: dict[str, str | bytes] | None = None, **changes: str | bytes) -> bytes:
    content: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER, "OEBPS/p.opf": PACKAGE, **PAGES}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in (content | (members or {}) | changes).items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_the_spine_is_the_order() -> None:
    assert book.read(epub(), "book").text == "Second.\n\nFirst & last."


def test_without_a_package_names_are_the_order() -> None:
    assert book.read(epub({"META-INF/container.xml": "?", "OEBPS/p.opf": "?"}), "book").text.startswith("First")


def test_a_damaged_chapter_is_named_and_the_rest_read() -> None:
    data = bytearray(epub())
    place = data.find(b"two.xhtml") + len("two.xhtml") + 4
    data[place] ^= 0xFF
    read = book.read(bytes(data), "book")
    assert (read.text, read.damaged) == ("First & last.", ("two.xhtml",))


ENCRYPTED = (
    '<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData>'
    '<enc:CipherReference URI="two.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
)


def test_a_protected_book_is_named() -> None:
    protected = epub({"META-INF/encryption.xml": ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")})
    with pytest.raises(InputRefused) as refusal:
        book.read(protected, "book")
    assert refusal.value.code == "works.text-protected"


def test_garbled_fonts_protect_no_text() -> None:
    fonts = epub({"META-INF/encryption.xml": ENCRYPTED.format("http://www.idpf.org/2008/embedding")})
    assert book.read(fonts, "book").text


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(epub())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            struct.pack_into("<H", data, at + offset, struct.unpack_from("<H", data, at + offset)[0] | 1)
            at = data.find(mark, at + 1)
    with pytest.raises(InputRefused) as refusal:
        book.read(bytes(data), "book")
    assert refusal.value.code == "works.text-protected"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"two.xhtml": b" " * (40 << 20)}, id="a chapter of blanks"),
        pytest.param({"OEBPS/p.opf": b"<" * (30 << 20)}, id="a package of nothing"),
        pytest.param(
            {
                "OEBPS/p.opf": '<!DOCTYPE p [<!ENTITY a "'
                + "x" * 1000
                + '"><!ENTITY b "'
                + "&a;" * 1000
                + '">]>'
                + PACKAGE
            },
            id="entities in entities",
        ),
        pytest.param({"OEBPS/p.opf": PACKAGE.replace("../two", "../../../etc/two")}, id="a path that leads out"),
        pytest.param({"OEBPS/p.opf": PACKAGE + '<itemref idref="a"/>' * 20_000}, id="one chapter again and again"),
    ],
)
def test_bombs_cost_little(changes: dict[str, str | bytes]) -> None:
    data = epub(changes)
    tracemalloc.start()
    try:
        assert "First & last." in book.read(data, "book").text
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_raises_nothing_else(place: int, value: int) -> None:
    data = bytearray(epub())
    data[place % len(data)] = value
    try:
        book.read(bytes(data), "book")
    except InputRefused as refusal:
        assert refusal.code.startswith("works.text-")
