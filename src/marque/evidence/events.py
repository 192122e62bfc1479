"""What the log says: an event as a leaf in its final form, and beside it the opening that can be erased.

A leaf is canonical JSON. Who, what and why enter it only as salted commitments; salts and clear text stand in the
opening. Once an opening is erased the leaf still proves that something happened then, but no longer to whom.
`docs/reference/log.md` has every byte. A leaf proves what was recorded, not that the record was true.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marque import VERSION
from marque.digest import canonical_json

# Superset of what data protection law wants logged and of who/what/when/where/why/how of digital evidence handling.
EVENTS = (
    "planned",
    "collected",
    "ingested",
    "consulted",
    "derived",
    "annotated",
    "disclosed",
    "received",
    "restricted",
    "released",
    "verified",
    "expired",
    "erased",
    "key-rotated",
)
FORMAT = 1
TOOL = f"marque {VERSION}"
LARGEST_LEAF = 65_535  # an entry bundle of a transparency log counts an entry's bytes in 16 bits
LONGEST_TEXT = 16_384  # characters of one committed text
LARGEST_OPENING = 3 * 6 * LONGEST_TEXT + 1_024  # three texts of at worst six bytes a character
SECRETS = ("what", "who", "why")
_LEAF_FIELDS = {"id", "object", "parent", "time", "tool", "type", "v", *SECRETS}
_OBJECT_FIELDS = {"kind", "length", "sha256", "sha512"}
_HEX = set("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Stored:
    """What an event is about: stored bytes. SHA-256 is their address; SHA-512 stands by should it ever be doubted."""

    kind: str
    length: int
    sha256: str
    sha512: str


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be logged. `parent` is the SHA-256 of what the object was made from; `id` makes repeats harmless."""

    type: str
    object: Stored | None
    who: str
    what: str
    why: str
    parent: str | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Secret:
    """Salt and clear text behind one commitment."""

    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the log as it stands in the tree."""

    id: str
    type: str
    object: Stored | None
    parent: str | None
    time: int
    tool: str
    commitments: Mapping[str, str]


def commitment(name: str, secret: Secret) -> str:
    """SHA-256 over a label, the field's name, 32 bytes of salt and the text, so that no two fields can be swapped."""
    label = f"marque-commitment-1\n{name}\n".encode()
    return hashlib.sha256(label + bytes.fromhex(secret.salt) + secret.text.encode("utf-8", "surrogatepass")).hexdigest()


def conceal(event: Event) -> dict[str, Secret]:
    """Fresh salts for who, what and why."""
    texts = {"what": event.what, "who": event.who, "why": event.why}
    if max(map(len, texts.values())) > LONGEST_TEXT:
        raise ValueError(f"who, what and why have at most {LONGEST_TEXT} characters each")
    return {name: Secret(secrets.token_hex(32), text) for name, text in texts.items()}


def leaf_line(event: Event, hidden: Mapping[str, Secret], time: int) -> bytes:
    """The leaf of an event: the very bytes that are hashed into the tree."""
    if event.type not in EVENTS:
        raise ValueError(f"unknown event type {event.type}")
    stored = event.object
    leaf = {
        "id": event.id,
        "object": {name: getattr(stored, name) for name in _OBJECT_FIELDS} if stored else None,
        "parent": event.parent,
        "time": time,
        "tool": TOOL,
        "type": event.type,
        "v": FORMAT,
    }
    line = canonical_json(leaf | {name: commitment(name, secret) for name, secret in hidden.items()})
    if len(line) > LARGEST_LEAF:
        raise ValueError("a leaf has at most 65535 bytes")
    return line


def opening_line(index: int, leaf_hash: bytes, hidden: Mapping[str, Secret]) -> bytes:
    """The opening of leaf `index`. It repeats the leaf's hash, so that damage in either is seen at once."""
    opened = {name: {"salt": secret.salt, "text": secret.text} for name, secret in hidden.items()}
    return canonical_json({"index": index, "leaf": leaf_hash.hex(), **opened})


def parse_leaf(line: bytes) -> Leaf:
    """The leaf that a line holds; ValueError where it is not exactly one, byte for byte."""
    value = _canonical(line)
    if set(value) != _LEAF_FIELDS or value["v"] != FORMAT or value["type"] not in EVENTS:
        raise ValueError("not a leaf of this format")
    stored = value["object"]
    if stored is not None and not (isinstance(stored, dict) and set(stored) == _OBJECT_FIELDS):
        raise ValueError("not an object of this format")
    if not _is_well_typed(value):
        raise ValueError("a field of the leaf has the wrong type")
    return Leaf(
        id=value["id"],
        type=value["type"],
        object=Stored(**stored) if stored else None,
        parent=value["parent"],
        time=value["time"],
        tool=value["tool"],
        commitments={name: value[name] for name in SECRETS},
    )


def parse_opening(line: bytes, index: int, leaf_hash: bytes) -> dict[str, Secret] | None:
    """Salts and texts of leaf `index`, None where they were erased; ValueError where the line is not its opening."""
    value = _canonical(line)
    if type(value.get("index")) is not int or value["index"] != index or value.get("leaf") != leaf_hash.hex():
        raise ValueError("the opening of another leaf")
    if set(value) == {"index", "leaf"}:
        return None
    if set(value) != {"index", "leaf", *SECRETS}:
        raise ValueError("not an opening of this format")
    hidden = {}
    for name in SECRETS:
        secret = value[name]
        if not (isinstance(secret, dict) and set(secret) == {"salt", "text"} and isinstance(secret["text"], str)):
            raise ValueError("not an opening of this format")
        if not _is_hex(secret["salt"], 64):
            raise ValueError("not a salt")
        hidden[name] = Secret(secret["salt"], secret["text"])
    return hidden


def opens(leaf: Leaf, hidden: Mapping[str, Secret]) -> bool:
    """Whether these salts and texts are the ones the leaf commits to."""
    return all(commitment(name, hidden[name]) == leaf.commitments[name] for name in SECRETS)


def _canonical(line: bytes) -> dict[str, Any]:
    """The map a line holds, if it is canonical JSON. Our keys are ASCII: sorting by code point is right for them."""
    try:
        value = json.loads(line.decode("utf-8", "surrogatepass"), parse_float=_refuse, parse_constant=_refuse)
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except (ValueError, RecursionError) as reason:
        raise ValueError("not canonical JSON") from reason
    if not isinstance(value, dict) or again.encode("utf-8", "surrogatepass") != line:
        raise ValueError("not canonical JSON")
    return value


def _refuse(number: str) -> None:
    raise ValueError(f"{number} is no integer")


def _is_well_typed(value: Mapping[str, object]) -> bool:
    stored, parent = value["object"], value["parent"]
    texts = [value["tool"], stored["kind"]] if isinstance(stored, dict) else [value["tool"]]
    numbers = [value["v"], value["time"], *([stored["length"]] if isinstance(stored, dict) else [])]
    digests = [(value[name], 64) for name in SECRETS] + [(value["id"], 32)]
    if parent is not None:
        digests.append((parent, 64))
    if isinstance(stored, dict):
        digests += [(stored["sha256"], 64), (stored["sha512"], 128)]
    return (
        all(isinstance(text, str) for text in texts)
        and all(type(number) is int for number in numbers)
        and all(_is_hex(digest, size) for digest, size in digests)
    )


def _is_hex(value: object, size: int) -> bool:
    return isinstance(value, str) and len(value) == size and set(value) <= _HEX
