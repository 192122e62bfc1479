"""Signatures: bound to purpose and bytes; keys read strictly; a new key is nobody else's to read."""

import string
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC, RSA
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import WrongUsage
from marque.evidence import signing
from marque.words import known

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


PUBLIC, OTHER = signing.public(KEY), signing.public(ECC.generate(curve="Ed25519"))
PEM = KEY.public_key().export_key(format="PEM")
SPOKEN = signing.fingerprint(PUBLIC)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PEM}\n", id="PEM, as openssl writes it"),
        pytest.param("\r\n".join(["# the holder", *PEM.splitlines(), ""]), id="PEM of another system"),
        pytest.param(PEM.splitlines()[1], id="contents of the PEM"),
        pytest.param(f"\ufeff{PUBLIC} the ministry", id="base64 with a remark"),
        pytest.param(f"  # ours\n\n  {SPOKEN}\tthe desk", id="fingerprint"),
        pytest.param(SPOKEN.replace(" ", ""), id="fingerprint in one"),
        pytest.param(SPOKEN.upper(), id="fingerprint in capitals"),
    ],
)
def test_a_trust_file_takes_every_form_of_a_key(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trust"
    path.write_text(text, "utf-8", newline="")
    assert signing.read_trust(path) == {SPOKEN}


def test_a_trust_file_names_several_keys(tmp_path: Path) -> None:
    path = tmp_path / "trust"
    path.write_text(f"# ours\n{PEM}\n{OTHER} the ministry\n")
    assert signing.read_trust(path) == {SPOKEN, signing.fingerprint(OTHER)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"{PUBLIC}\nno key\n", 2, id="no key"),
        pytest.param(f"{PEM}\nno key\n", 4, id="after a PEM"),
        pytest.param(KEY.export_key(format="PEM"), 1, id="private half"),
        pytest.param(ECC.generate(curve="P-256").public_key().export_key(format="PEM"), 1, id="another curve"),
        pytest.param(RSA.generate(1024).public_key().export_key().decode(), 1, id="another kind"),
        pytest.param(PEM.replace("END", "end"), 1, id="PEM without end"),
        pytest.param("AAAA", 1, id="too short"),
        pytest.param(SPOKEN[:-1], 1, id="fingerprint cut short"),
        pytest.param(SPOKEN + "0", 1, id="fingerprint too long"),
        pytest.param(PUBLIC[:20] + " " + PUBLIC[20:], 1, id="key broken in two"),
        pytest.param("x" * 10_000_001, 1, id="endless"),
    ],
)
def test_a_trust_file_with_anything_else_is_refused(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "trust"
    path.write_text(text)
    with pytest.raises(WrongUsage) as refused:
        signing.read_trust(path)
    assert (refused.value.code, refused.value.params["line"]) == ("evidence.keys-line", line)
    assert known("evidence.keys-line.advice")


def test_a_trust_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trust").write_bytes(b"\xff\xfe\x00")
    for name, code in (
        ("trust", "evidence.keys-unreadable"),
        ("", "evidence.keys-unreadable"),
        ("n", "evidence.keys-missing"),
    ):
        with pytest.raises(WrongUsage) as refused:
            signing.read_trust(tmp_path / name)
        assert refused.value.code == code
