"""An exhibit: verified as signed, and every change, cut, addition and foreign form is named."""

import io
import zipfile
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC

from marque.errors import StoreFailure
from marque.evidence import signing
from marque.evidence.findings import exit_status
from marque.works.comparison import exhibit

KEY = ECC.generate(curve="Ed25519")
FILES = {"index.html": b"<p>side by side</p>", "pictures/001-001-copy.png": b"png"}
TRUSTED = frozenset({signing.fingerprint(signing.public(KEY))})


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "exhibit.zip"
    exhibit.write(path, {"work": "moon", "copies": []}, FILES, KEY)
    return path


def status(path: Path, trusted: frozenset[str] | None = TRUSTED) -> int:
    return exit_status(finding.grade for finding in exhibit.verify(path, trusted))


def changed(path: Path, change: dict[str, bytes | None], *, twice: str = "", compress: int = 0) -> Path:
    """The exhibit with some files replaced, added or left out."""
    with zipfile.ZipFile(path) as packed:
        files: dict[str, bytes | None] = {name: packed.read(name) for name in packed.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as packed:
        for name, data in (files | change).items():
            if data is not None:
                packed.writestr(name, data)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate"):
                packed.writestr(twice, b"x")
    path.write_bytes(out.getvalue())
    return path


def test_is_valid_with_trust_and_unknown_without(made: Path) -> None:
    assert exhibit.is_exhibit(made)
    assert (status(made), status(made, None), status(made, frozenset())) == (0, 3, 3)


def test_the_same_comparison_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    exhibit.write(tmp_path / "again.zip", {"work": "moon", "copies": []}, FILES, KEY)
    assert (tmp_path / "again.zip").read_bytes() == made.read_bytes()
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"index.html": b"<p>other</p>"}, 1, id="a file changed"),
        pytest.param({"index.html": None}, 2, id="a file gone"),
        pytest.param({"pictures/x.png": b"x"}, 1, id="a file added"),
        pytest.param({"../x.png": b"x"}, 1, id="a path out of it"),
        pytest.param({"manifest.json": b"{}"}, 1, id="another manifest"),
        pytest.param({"manifest.json": None}, 1, id="no manifest"),
        pytest.param({"signature.txt": b"AAAA BBBB\n"}, 1, id="no signature"),
        pytest.param({"signature.txt": b"\xff"}, 1, id="no text"),
    ],
)
def test_every_change_is_named(made: Path, change: dict[str, bytes | None], expected: int) -> None:
    assert status(changed(made, change)) == expected


def test_forms_no_exhibit_has_are_refused(made: Path) -> None:
    whole = made.read_bytes()
    assert status(changed(made, {}, twice="index.html")) == 1
    made.write_bytes(whole)
    assert status(changed(made, {}, compress=zipfile.ZIP_DEFLATED)) == 1
    for end in range(0, len(whole), 7):
        made.write_bytes(whole[:end])
        assert status(made) == 1


def test_bytes_that_no_entry_holds_are_refused(made: Path) -> None:
    whole = made.read_bytes()
    for data in (b"MZ" + whole, whole + b"x", whole[:-2] + b"\x01\x00x", whole + whole):
        made.write_bytes(data)
        assert status(made) == 1
    encrypted = bytearray(whole)
    encrypted[6] |= 1
    encrypted[whole.index(b"PK\x01\x02") + 8] |= 1
    made.write_bytes(encrypted)
    assert status(made) == 1


def test_a_signature_by_another_key_is_sound_but_unknown(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    exhibit.write(other, {"work": "moon", "copies": []}, FILES, ECC.generate(curve="Ed25519"))
    assert status(other) == 3


def test_every_flipped_byte_of_a_file_is_found(made: Path) -> None:
    whole = made.read_bytes()
    start = whole.index(FILES["index.html"])
    for at in range(start, start + len(FILES["index.html"])):
        made.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert status(made) == 1


def test_what_cannot_be_written_is_refused_and_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none" / "x.zip", tmp_path / "folder"):
        with pytest.raises(StoreFailure, match="output-unwritable"):
            exhibit.write(path, {}, {"index.html": b"x"}, KEY)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]
