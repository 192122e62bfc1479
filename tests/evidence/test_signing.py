"""Signatures: bound to purpose and bytes; keys read strictly; a new key is nobody else's to read."""

import string
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC, RSA
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import MarqueError, WrongUsage
from marque.evidence import signing

KEY = ECC.generate(curve="Ed25519")


@given(st.binary(max_size=200), st.text(max_size=20))
def test_a_signature_holds_for_its_bytes_and_purpose_only(data: bytes, purpose: str) -> None:
    signature, public = signing.sign(KEY, purpose, data), signing.public(KEY)
    assert signing.verifies(public, signature, purpose, data)
    assert not signing.verifies(public, signature, purpose, data + b"x")
    assert not signing.verifies(public, signature, purpose + "x", data)
    assert not signing.verifies(signing.public(ECC.generate(curve="Ed25519")), signature, purpose, data)


def test_key_and_signature_have_one_spelling_each() -> None:
    """Base64 of 32 or 64 bytes has bits to spare in its last digit: no other digit may stand there."""
    signature, public = signing.sign(KEY, "p", b"data"), signing.public(KEY)
    digits = string.ascii_letters + string.digits + "+/"
    spelled = [public.rstrip("=")[:-1] + digit + "=" for digit in digits]
    assert [key for key in spelled if signing.verifies(key, signature, "p", b"data")] == [public]
    spelled = [signature.rstrip("=")[:-1] + digit + "==" for digit in digits]
    assert [text for text in spelled if signing.verifies(public, text, "p", b"data")] == [signature]


@pytest.mark.parametrize(("key", "signature"), [("", ""), ("AAAA", "AAAA"), ("no base 64!", "x"), ("A" * 44, "A" * 88)])
def test_what_is_no_signature_verifies_nothing(key: str, signature: str) -> None:
    assert not signing.verifies(key, signature, "p", b"data")


def test_a_key_file_is_read_or_refused_with_its_code(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text(KEY.export_key(format="PEM"))
    assert signing.public(signing.read_key(path)) == signing.public(KEY)
    others = {
        "public half": KEY.public_key().export_key(format="PEM"),
        "another curve": ECC.generate(curve="P-256").export_key(format="PEM"),
        "another kind": RSA.generate(1024).export_key().decode(),
        "nothing": "",
        "too long": "x" * 20_000,
    }
    for text in others.values():
        path.write_text(text)
        with pytest.raises(WrongUsage) as refused:
            signing.read_key(path)
        assert refused.value.code == "evidence.key-unreadable"
    with pytest.raises(WrongUsage) as missing:
        signing.read_key(tmp_path / "none.pem")
    assert missing.value.code == "evidence.key-missing"


def test_ones_own_key_is_made_once_and_for_ones_own_eyes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARQUE_KEY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first, made = signing.own_key()
    assert made is not None and made.stat().st_mode & 0o077 == 0
    again, none = signing.own_key()
    assert (signing.public(again), none) == (signing.public(first), None)
    monkeypatch.setenv("MARQUE_KEY", str(made))
    assert signing.public(signing.own_key()[0]) == signing.public(first)


def test_fingerprints_are_read_aloud_in_groups() -> None:
    groups = signing.fingerprint(signing.public(KEY)).split(" ")
    assert len(groups) == 16 and all(len(group) == 4 for group in groups)


def test_a_trust_file_names_keys_with_remarks(tmp_path: Path) -> None:
    path = tmp_path / "trust"
    public, other = signing.public(KEY), signing.public(ECC.generate(curve="Ed25519"))
    path.write_text(f"# ours\n{public} the ministry\n\n{signing.fingerprint(other)} the desk\nno key\n")
    assert signing.read_trust(path) - {""} == {signing.fingerprint(public), signing.fingerprint(other)}
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MarqueError) as refused:
        signing.read_trust(path)
    assert refused.value.code == "evidence.keys-unreadable"
    with pytest.raises(WrongUsage):
        signing.read_trust(tmp_path / "none")
