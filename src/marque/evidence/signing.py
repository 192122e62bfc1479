"""Ed25519 signatures (RFC 8032) over what leaves this machine: who vouches for it, provably and offline.

A signature says that the holder of a key vouched for these bytes. Whose key it is must be learnt another way (a call,
a meeting, a trust file); when it was signed is not said at all.
"""

import base64
import binascii
import os
import re
from pathlib import Path

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from marque.digest import sha256
from marque.errors import WrongUsage

_CURVE = "Ed25519"
_MOST, _MOST_TRUST = 10_000, 10_000_000  # bytes of a key file, of a trust file
_SPOKEN = re.compile(r"(?:[0-9a-f]{4} ?){16}(?=\s|$)", re.IGNORECASE)
_BLOCK = re.compile(r"-----BEGIN PUBLIC KEY-----\s(.*?)-----END PUBLIC KEY-----", re.DOTALL)
_SUBJECT = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of an Ed25519 key, without it (RFC 8410)
_KEY = 32  # bytes of a public key


def read_key(path: Path) -> ECC.EccKey:
    """A private key from a PEM file (PKCS #8, as `openssl genpkey -algorithm ed25519` writes it)."""
    try:
        text = path.read_text("ascii") if path.stat().st_size <= _MOST else ""
        key = ECC.import_key(text)
    except FileNotFoundError as reason:
        raise WrongUsage("evidence.key-missing", path=str(path)) from reason
    except (OSError, ValueError, IndexError, TypeError) as reason:
        raise WrongUsage("evidence.key-unreadable", path=str(path)) from reason
    if key.curve != _CURVE or not key.has_private():
        raise WrongUsage("evidence.key-unreadable", path=str(path))
    return key


def own_key() -> tuple[ECC.EccKey, Path | None]:
    """The key of whoever works here: `MARQUE_KEY`, else one kept in the person's settings; and where a new one is."""
    named = os.environ.get("MARQUE_KEY")
    if named:
        return read_key(Path(named)), None
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    path = home / "marque" / "key.pem"
    if path.exists():
        return read_key(path), None
    path.parent.mkdir(parents=True, exist_ok=True)
    key = ECC.generate(curve=_CURVE)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key.export_key(format="PEM") + "\n")
    return key, path


def public(key: ECC.EccKey) -> str:
    """The public half, as text."""
    return base64.b64encode(key.public_key().export_key(format="raw")).decode()


def fingerprint(public_key: str) -> str:
    """What two people read to each other to make sure that they mean the same key: 16 groups of 4 digits."""
    digest = sha256(_decoded(public_key))
    return " ".join(digest[at : at + 4] for at in range(0, 64, 4))


def sign(key: ECC.EccKey, purpose: str, data: bytes) -> str:
    """A signature over data for one purpose; for another purpose it is none."""
    return base64.b64encode(eddsa.new(key, "rfc8032").sign(_bound(purpose, data))).decode()


def verifies(public_key: str, signature: str, purpose: str, data: bytes) -> bool:
    """Whether a signature by that key over these bytes, for that purpose, is sound."""
    try:
        key = eddsa.import_public_key(_decoded(public_key))
        eddsa.new(key, "rfc8032").verify(_bound(purpose, data), _decoded(signature))
    except (ValueError, TypeError, binascii.Error):
        return False
    return True


def read_trust(path: Path) -> frozenset[str]:
    """Fingerprints of the keys a person trusts.

    A public key as PEM, or lines that begin with a public key or its fingerprint; a remark may follow. What begins with
    `#` is a comment. Raises WrongUsage for anything else: a key that was misread would pass for one not trusted.
    """
    try:
        text = path.read_text("utf-8-sig") if path.stat().st_size <= _MOST_TRUST else "\0"
    except FileNotFoundError as reason:
        raise WrongUsage("evidence.keys-missing", path=str(path)) from reason
    except (OSError, UnicodeDecodeError) as reason:
        raise WrongUsage("evidence.keys-unreadable", path=str(path)) from reason
    lines = enumerate(_BLOCK.sub(_on_one_line, text).split("\n"), 1)
    try:
        return frozenset(_of_line(line, number) for number, line in lines if line.strip() and line.strip()[0] != "#")
    except ValueError as reason:
        raise WrongUsage("evidence.keys-line", path=str(path), line=int(reason.args[1])) from reason


def _on_one_line(block: re.Match[str]) -> str:
    """A PEM key's contents as one line, in as many lines as it had."""
    return "".join(block[1].split()) + "\n" * block[0].count("\n")


def _of_line(line: str, number: int) -> str:
    try:
        return trusted(line)
    except ValueError as reason:
        raise ValueError(line, number) from reason


def trusted(text: str) -> str:
    """The fingerprint that a text begins with, or of the public key it begins with. Raises ValueError for neither."""
    spoken = _SPOKEN.match(text.strip())
    if spoken:
        digits = "".join(spoken[0].lower().split())
        return " ".join(digits[at : at + 4] for at in range(0, 64, 4))
    data = _decoded((text.split() or [""])[0])
    key = data.removeprefix(_SUBJECT) if len(data) == len(_SUBJECT) + _KEY else data
    eddsa.import_public_key(key)  # 32 bytes, and a point of the curve
    return fingerprint(base64.b64encode(key).decode())


def _decoded(text: str) -> bytes:
    """What the one canonical base64 form stands for (RFC 4648, section 3.5).

    The last digit of a key or signature has bits to spare; with them set otherwise, a file that nobody signed would
    pass as the signed one. Raises ValueError for any form but the canonical one.
    """
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError(text)
    return data


def _bound(purpose: str, data: bytes) -> bytes:
    return f"marque {purpose}\n".encode() + data
