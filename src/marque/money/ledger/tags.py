"""Attribution tags in the TagPack format (GraphSense): who says that an address belongs to whom, and on what source.

A tag is its creator's claim. It is kept with its source and never overrides what a ledger shows; a tag without a source
or a creator is refused, since nobody could check it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from marque.digest import sha256
from marque.errors import InputRefused
from marque.money import brought
from marque.money.ledger.clusters import Address
from marque.money.ledger.model import CHAIN, address_key
from marque.money.ledger.plain_scalars import Node, Unplain
from marque.money.ledger.plain_yaml import entries, load
from marque.money.rows import Problem

MAX_BYTES, MAX_TAGS, MAX_TEXT, MAX_PROBLEMS = 64 << 20, 500_000, 500, 1_000
HEAD = ("title", "creator")
NEEDED = ("address", "label", "source")
# A tag's own fields that its pack may state once for all.
INHERITED = (
    "label",
    "source",
    "currency",
    "network",
    "category",
    "abuse",
    "confidence",
    "lastmod",
    "actor",
    "concepts",
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One claim. `record`: `<digest of the pack>:<tag, from 0>`; fields that the pack leaves open are empty."""

    address: Address
    label: str
    source: str
    creator: str
    pack: str
    actor: str
    category: str
    abuse: str
    confidence: str
    lastmod: str
    record: str

    @property
    def entity(self) -> str:
        """Whom the tag names, as entities are compared: the actor where one is given, else the label."""
        return (self.actor or self.label).casefold()


@dataclass(frozen=True, slots=True)
class TagPack:
    """A pack's tags, and those that were left out."""

    title: str
    creator: str
    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]


def read(path: Path) -> TagPack:
    """The pack in a file. Raises where it is no tag pack or no plain YAML."""
    data = brought.whole(path, MAX_BYTES)
    try:
        pack = load(data.decode("utf-8-sig"))
    except Unplain as reason:
        raise InputRefused("money.tags-not-plain", path=str(path), line=reason.line) from reason
    except UnicodeDecodeError as reason:
        raise InputRefused("money.tags-unreadable", path=str(path)) from reason
    missing = [name for name in HEAD if not (isinstance(pack, dict) and _text(pack, name))]
    if missing or not isinstance(pack, dict) or not entries(pack.get("tags")):
        raise InputRefused("money.tags-head", path=str(path), fields=", ".join(missing or ["tags"]))
    return _pack(pack, sha256(data), path.name)


def _pack(pack: Mapping[str, Node], digest: str, place: str) -> TagPack:
    above = {name: _text(pack, name) for name in INHERITED}
    title, creator = _text(pack, "title"), _text(pack, "creator")
    tags: list[Tag] = []
    problems: list[Problem] = []
    listed = entries(pack.get("tags"))
    if len(listed) > MAX_TAGS:
        problems.append(Problem("money.tags-too-many", place, str(MAX_TAGS)))
    for number, entry in enumerate(listed[:MAX_TAGS]):
        own = {name: _text(entry, name) for name in (*INHERITED, "address")} if isinstance(entry, dict) else {}
        fields = {**above, **{name: text for name, text in own.items() if text}}
        tag = _tag(fields, title, creator, f"{digest}:{number}")
        if isinstance(tag, Tag):
            tags.append(tag)
        elif len(problems) < MAX_PROBLEMS:
            problems.append(Problem("money.tag-refused", f"{place}:{number}", tag))
    return TagPack(title, creator, tuple(tags), tuple(problems))


def _tag(fields: Mapping[str, str], title: str, creator: str, record: str) -> Tag | str:
    """A tag, or the name of the field that keeps it from being one."""
    for name in NEEDED:
        if not fields.get(name):
            return name
    chain = (fields.get("network") or fields.get("currency") or "").lower()
    if not CHAIN.fullmatch(chain):
        return "currency"
    address = address_key(chain, fields["address"])
    if address is None:
        return "address"
    about = {name: fields.get(name, "") for name in ("actor", "category", "abuse", "confidence", "lastmod")}
    return Tag((chain, address), fields["label"], fields["source"], creator, title, record=record, **about)


def _text(node: Mapping[str, Node], name: str) -> str:
    """A field as printable text of bounded length; a list of words is joined."""
    value = node.get(name)
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    text = value if isinstance(value, str) else ""
    return "".join(char for char in " ".join(text.split())[:MAX_TEXT] if char.isprintable())


def entities(tags: Iterable[Tag]) -> dict[Address, str]:
    """Whom each address is tagged as. Where packs disagree about one address, both names stand in it."""
    named: dict[Address, set[str]] = {}
    for tag in tags:
        named.setdefault(tag.address, set()).add(tag.entity)
    return {address: " / ".join(sorted(names)) for address, names in named.items()}
