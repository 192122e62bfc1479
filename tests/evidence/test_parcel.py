"""A parcel: what is read is what was signed; one changed bit anywhere, a cut or an addition refuses all of it."""

import json
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, MarqueError, StoreFailure, WrongUsage
from marque.evidence import parcel, signing

KEY = ECC.generate(curve="Ed25519")
BODY: dict[str, object] = {"works": ["moon"], "note": "달"}
MEMBERS = [("one", b"first"), ("empty", b""), ("two", b"second" * 50)]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "a.parcel"
    parcel.write(path, "catalogue", BODY, MEMBERS, KEY)
    return path


def test_comes_out_as_it_went_in(sent: Path) -> None:
    found = parcel.read(sent, "catalogue")
    assert found.key == signing.public(KEY)
    assert dict(found.body) == BODY
    assert [(name, found.read(name)) for name in found.members] == MEMBERS
    assert sorted(path.name for path in sent.parent.iterdir()) == ["a.parcel"]
    with pytest.raises(InputRefused):
        found.read("three")


def test_every_flipped_bit_is_refused(sent: Path) -> None:
    data = sent.read_bytes()
    for at in range(len(data) * 8):
        sent.write_bytes(data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :])
        with pytest.raises(InputRefused):
            parcel.read(sent, "catalogue")


@pytest.mark.parametrize("length", [b"0%d\n", b"+%d\n", b" %d\n", b"%d \n", b"%d\r\n", b"%d\n\n", b"-%d\n"])
def test_the_length_is_written_in_one_way(sent: Path, length: bytes) -> None:
    magic, written, rest = sent.read_bytes().split(b"\n", 2)
    sent.write_bytes(magic + b"\n" + length % int(written) + rest)
    with pytest.raises(InputRefused):
        parcel.read(sent, "catalogue")


def test_every_cut_and_any_addition_is_refused(sent: Path) -> None:
    data = sent.read_bytes()
    for end in range(len(data)):
        sent.write_bytes(data[:end])
        with pytest.raises(InputRefused):
            parcel.read(sent, "catalogue")
    sent.write_bytes(data + b"x")
    with pytest.raises(InputRefused):
        parcel.read(sent, "catalogue")


def test_is_of_one_kind_only(sent: Path) -> None:
    with pytest.raises(InputRefused):
        parcel.read(sent, "exhibit")
    with pytest.raises(WrongUsage):
        parcel.read(sent.with_name("none"), "catalogue")


def signed(manifest: bytes) -> bytes:
    """A file whose signature is sound, whatever it says."""
    signature = signing.sign(KEY, "parcel catalogue", manifest)
    return b"marque-parcel 1\n%d\n%s %s\n%s" % (
        len(manifest),
        signing.public(KEY).encode(),
        signature.encode(),
        manifest,
    )


NOTHING = {"name": "a", "size": 0, "sha256": sha256(b"")}


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(b"[]", id="no object"),
        pytest.param(b'{"kind":"catalogue"}', id="nothing in it"),
        pytest.param(canonical_json({"body": [], "kind": "catalogue", "members": []}), id="body is no object"),
        pytest.param(json.dumps({"body": {}, "kind": "catalogue", "members": []}).encode(), id="not canonical"),
        pytest.param(b'{"body":{},"body":{},"kind":"catalogue","members":[]}', id="a key twice"),
        pytest.param(
            canonical_json({"body": {}, "kind": "catalogue", "members": [NOTHING, NOTHING]}), id="a member twice"
        ),
        pytest.param(
            canonical_json({"body": {}, "kind": "catalogue", "members": [{**NOTHING, "size": -1}]}), id="negative size"
        ),
        pytest.param(
            canonical_json({"body": {}, "kind": "catalogue", "members": [{**NOTHING, "size": 10**15}]}), id="huge size"
        ),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"body":' + b"9" * 10_000 + b"}", id="long number"),
    ],
)
def test_a_sound_signature_excuses_no_form(tmp_path: Path, manifest: bytes) -> None:
    path = tmp_path / "b.parcel"
    path.write_bytes(signed(manifest))
    with pytest.raises(InputRefused):
        parcel.read(path, "catalogue")


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [
        pytest.param("none/x.parcel", StoreFailure, "evidence.output-unwritable", id="folder missing"),
        pytest.param("folder", WrongUsage, "evidence.output-exists", id="a folder"),
        pytest.param("notes.txt", WrongUsage, "evidence.output-exists", id="somebody's file"),
        pytest.param("other.parcel", WrongUsage, "evidence.output-exists", id="a parcel of another kind"),
        pytest.param("x" * 300, StoreFailure, "evidence.output-unwritable", id="name longer than any"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_no_rest(
    sent: Path, tmp_path: Path, name: str, error: type[MarqueError], code: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "notes.txt.part").write_text("mine, too")
    parcel.write(tmp_path / "other.parcel", "other", {}, [], KEY)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(error) as refused:
        parcel.write(tmp_path / name, "letter", {}, [("a", b"1")], KEY)
    assert refused.value.code == code
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_parcel_of_the_same_kind_is_replaced(tmp_path: Path) -> None:
    for text in ("first", "second"):
        parcel.write(tmp_path / "a.parcel", "letter", {"text": text}, [], KEY)
    assert parcel.read(tmp_path / "a.parcel", "letter").body == {"text": "second"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.parcel"]
