"""Payloads: codings undone in bounded steps, lies named, digests compared in every form tools use."""

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.evidence.http import Headers
from marque.evidence.readers.body import Budget, decode
from marque.evidence.readers.digests import Declared, parse
from tests.evidence.making import HTML, sha1

Coder = Callable[[bytes], bytes]


def bare_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush()


CODERS: dict[str, tuple[str, Coder]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare-deflate": ("deflate", bare_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstandard.ZstdCompressor().compress),
}


def codes(data: bytes, headers: Headers, told: Declared | None = None, step: int = 7) -> tuple[bytes, list[str]]:
    body = decode(pieces(data, step), headers, told, Budget.of(len(data)))
    return body.payload, [code for code, _ in body.faults]


def pieces(data: bytes, step: int) -> Iterator[bytes]:
    for at in range(0, len(data), step):
        yield data[at : at + step]


def chunked(data: bytes, step: int = 10) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in pieces(data, step)) + b"0\r\n\r\n"


@pytest.mark.parametrize("coder", CODERS)
@pytest.mark.parametrize("step", [1, 7, 1 << 20])
def test_each_coding(coder: str, step: int) -> None:
    name, code = CODERS[coder]
    assert codes(code(HTML * 50), (("content-encoding", name),), step=step) == (HTML * 50, [])


@pytest.mark.parametrize("coder", CODERS)
def test_a_coded_body_cut_anywhere_is_named(coder: str) -> None:
    name, code = CODERS[coder]
    data = code(HTML)
    for cut in range(4, len(data)):
        payload, faults = codes(data[:cut], (("content-encoding", name),))
        assert faults, cut
        assert HTML.startswith(payload) or "read.coding-absent" in faults


@pytest.mark.parametrize("coder", CODERS)
@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_makes_decoding_fail(coder: str, at: int, bit: int) -> None:
    name, code = CODERS[coder]
    data = bytearray(code(HTML))
    data[at % len(data)] ^= 1 << bit
    codes(bytes(data), (("content-encoding", name),))


CASES: list[tuple[str, bytes, tuple[tuple[str, str], ...], bytes, list[str]]] = [
    ("declared-but-plain", HTML, (("content-encoding", "gzip"),), HTML, []),
    ("declared-br-but-plain", HTML, (("content-encoding", "br"),), HTML, []),
    ("two-codings", gzip.compress(brotli.compress(HTML)), (("content-encoding", "br, gzip"),), HTML, []),
    (
        "two-headers",
        gzip.compress(brotli.compress(HTML)),
        (("content-encoding", "br"), ("content-encoding", "gzip")),
        HTML,
        [],
    ),
    ("identity", HTML, (("content-encoding", "identity"),), HTML, []),
    ("unknown", b"abc\0", (("content-encoding", "dcb"),), b"abc\0", ["read.coding-unknown"]),
    ("thousandfold", HTML, (("content-encoding", ",".join(["gzip"] * 1000)),), HTML, ["read.coding-stack"]),
    ("junk-behind", gzip.compress(HTML) + b"junk", (("content-encoding", "gzip"),), HTML, ["read.coding-trailing"]),
    ("two-members", gzip.compress(HTML) + gzip.compress(HTML), (("content-encoding", "gzip"),), HTML * 2, []),
    (
        "neither",
        b"\x00\x01\x02\x03" * 9,
        (("content-encoding", "gzip"),),
        b"\x00\x01\x02\x03" * 9,
        ["read.coding-absent"],
    ),
    (
        "wrong-checksum",
        gzip.compress(HTML)[:-8] + bytes(8),
        (("content-encoding", "gzip"),),
        HTML,
        ["read.coding-damaged"],
    ),
    ("chunked", chunked(HTML), (("transfer-encoding", "chunked"),), HTML, []),
    (
        "chunked-and-coded",
        chunked(gzip.compress(HTML)),
        (("transfer-encoding", "chunked"), ("content-encoding", "gzip")),
        HTML,
        [],
    ),
    ("chunked-declared-only", HTML, (("transfer-encoding", "chunked"),), HTML, []),
    ("chunked-cut", chunked(HTML)[:-20], (("transfer-encoding", "chunked"),), HTML[:-6], ["read.chunked-cut"]),
    (
        "chunked-wrong",
        chunked(HTML)[:-5] + b"zz\r\nrest",
        (("transfer-encoding", "chunked"),),
        HTML + b"zz\r\nrest",
        ["read.chunked-damaged"],
    ),
    ("empty-coded", b"", (("content-encoding", "gzip"),), b"", []),
    ("nothing", b"", (), b"", []),
]


@pytest.mark.parametrize(("data", "headers", "payload", "faults"), [pytest.param(*c[1:], id=c[0]) for c in CASES])
@pytest.mark.parametrize("step", [3, 1 << 20])
def test_bodies(data: bytes, headers: Headers, payload: bytes, faults: list[str], step: int) -> None:
    got, named = codes(data, headers, step=step)
    assert named == faults
    assert got == payload or faults == ["read.chunked-cut"]


@pytest.mark.parametrize("form", ["as-sent", "dechunked", "decoded", "other"])
def test_a_payload_digest_may_be_of_any_form(form: str) -> None:
    data = gzip.compress(HTML)
    forms = {"as-sent": chunked(data), "dechunked": data, "decoded": HTML, "other": b"other"}
    headers = (("transfer-encoding", "chunked"), ("content-encoding", "gzip"))
    assert codes(chunked(data), headers, parse(sha1(forms[form])))[1] == (
        ["read.payload-digest"] if form == "other" else []
    )


def test_bombs_are_not_followed() -> None:
    data = gzip.compress(bytes(200 << 20))
    body = decode(pieces(data, 1 << 16), (("content-encoding", "gzip"),), None, Budget.of(len(data)))
    assert (body.payload, body.digest, [code for code, _ in body.faults]) == (b"", "", ["read.payload-bomb"])


def test_many_bombs_use_up_the_budget_of_their_capture() -> None:
    data, budget = gzip.compress(bytes(1 << 20)), Budget(limit=3 << 20)
    named = [decode(pieces(data, 999), (("content-encoding", "gzip"),), None, budget).faults for _ in range(5)]
    assert [bool(faults) for faults in named] == [False, False, False, True, True]


def test_a_large_payload_keeps_its_digest() -> None:
    body = decode((bytes(1 << 20) for _ in range(65)), (), None, Budget.of(0))
    assert (body.payload, body.length, len(body.digest)) == (b"", 65 << 20, 64)
    assert [code for code, _ in body.faults] == ["read.payload-large"]
