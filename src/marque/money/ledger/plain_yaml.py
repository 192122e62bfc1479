"""The plain part of YAML that tag packs are written in; every value is text.

Read here rather than by a full YAML reader, which would take `0x52...` for a number, `NO` for false, the last of two
equal keys for the only one, and lets a few lines name each other until they fill the memory. Block and flow mappings
and lists, quoted, plain and block text, and comments are understood; anchors, aliases, tags, merge keys and several
documents are refused by line. A file that is refused may be good YAML: write it plainly.
"""

import re
from collections.abc import Sequence
from typing import NoReturn

from marque.money.ledger.plain_scalars import NULL, Balance, Flow, Node, Unplain, block_text

MAX_DEPTH, MAX_LINES = 16, 2_000_000
_HEAD = re.compile(r"---\s*(?:#.*)?")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)""")
_BREAK = re.compile(r"\r\n?|\n")
_COLON = re.compile(r":(?=\s|$)")


def load(text: str) -> Node:
    """The document in a text. Raises `Unplain` with the line of what is not understood."""
    lines = _BREAK.split(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        raise Unplain(MAX_LINES)
    return _Reader(lines).document()


class _Reader:
    """The lines of a document and how far they are read. The line at `at` may have been cut by what stood before."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def document(self) -> Node:
        if self._more() and _HEAD.fullmatch(self.lines[self.at]):
            self.at += 1
        node = self._block(0, 0) if self._more() else None
        if self._more() and self.lines[self.at].strip() != "...":
            self._refuse()
        return node

    def _refuse(self) -> NoReturn:
        raise Unplain(self.at + 1)

    def _more(self) -> bool:
        """Whether a line with something on it follows; empty lines and comments are passed over."""
        while self.at < len(self.lines):
            bare = self.lines[self.at].lstrip(" ")
            if bare and not bare.startswith("#"):
                if bare.startswith("\t"):
                    self._refuse()
                return True
            self.at += 1
        return False

    def _indent(self) -> int:
        line = self.lines[self.at]
        return len(line) - len(line.lstrip(" "))

    def _block(self, indent: int, depth: int) -> Node:
        """Whatever begins at the current line, which is indented by `indent` or more."""
        if depth > MAX_DEPTH or self._indent() < indent:
            self._refuse()
        place, bare = self._indent(), self.lines[self.at].lstrip(" ")
        if _dash(bare):
            return self._list(place, depth)
        return self._mapping(place, depth) if _keyed(bare) else self._value(bare, place - 1, depth)

    def _list(self, place: int, depth: int) -> Node:
        found: list[Node] = []
        while self._more() and self._indent() == place and _dash(self.lines[self.at].lstrip(" ")):
            rest = self.lines[self.at][place + 1 :]
            bare = rest.lstrip(" ")
            if not bare or bare.startswith("#"):
                self.at += 1
                found.append(self._nested(place + 1, depth))
            elif _dash(bare) or _keyed(bare):
                self.lines[self.at] = " " * (place + 1) + rest
                found.append(self._block(place + 1, depth + 1))
            else:
                found.append(self._value(bare, place, depth))
        return found

    def _mapping(self, place: int, depth: int) -> Node:
        found: dict[str, Node] = {}
        while self._more() and self._indent() == place:
            bare = self.lines[self.at].lstrip(" ")
            keyed = _keyed(bare)
            if keyed is None:
                self._refuse()
            name, rest = self._name(keyed[0]), keyed[1]
            if name in found:
                self._refuse()
            if not rest or rest.startswith("#"):
                self.at += 1
                beside = self._more() and self._indent() == place and _dash(self.lines[self.at].lstrip(" "))
                found[name] = self._list(place, depth + 1) if beside else self._nested(place + 1, depth)
            else:
                found[name] = self._value(rest, place, depth)
        return found

    def _nested(self, indent: int, depth: int) -> Node:
        """What is written below a key or a dash, None where nothing is."""
        return self._block(indent, depth + 1) if self._more() and self._indent() >= indent else None

    def _name(self, key: str) -> str:
        if key[0] not in "\"'":
            return key
        text, _ = Flow(key, self.at + 1).scalar(0)
        return str(text)

    def _value(self, bare: str, outside: int, depth: int) -> Node:
        """A value that begins on this line; lines indented by more than `outside` may go on with it."""
        if bare[0] in "|>":
            head, self.at = bare, self.at + 1
            start = self.at
            while self.at < len(self.lines) and (not self.lines[self.at].strip() or self._indent() > outside):
                self.at += 1
            return block_text(head, self.lines[start : self.at], start)
        if bare[0] in "\"'[{":
            return self._flow(bare, outside, depth)
        return self._plain(bare, outside)

    def _flow(self, bare: str, outside: int, depth: int) -> Node:
        start, parts, balance = self.at + 1, [bare.rstrip()], Balance()
        ended = balance.feed(bare)
        self.at += 1
        while not ended and self.at < len(self.lines):
            line = self.lines[self.at].strip()
            if line and self._indent() <= outside:
                break
            ended = balance.feed(line)
            parts.append(line)
            self.at += 1
        return Flow("\n".join(parts), start, MAX_DEPTH - depth).whole()

    def _plain(self, bare: str, outside: int) -> Node:
        if bare[0] in "&*!%@`,]}#?":
            self._refuse()
        parts = [_uncommented(bare)]
        self.at += 1
        while self._goes_on(outside):
            parts.append(_uncommented(self.lines[self.at].strip()))
            self.at += 1
        text = " ".join(parts)
        if _COLON.search(text):
            raise Unplain(self.at)
        return None if text in NULL else text

    def _goes_on(self, outside: int) -> bool:
        """Whether plain text goes on in this line. A gap in it would be a break of the text: that is refused."""
        below = self.at
        further = self._more() and self._indent() > outside
        if further and self.at != below:
            self._refuse()
        return further


def _keyed(bare: str) -> tuple[str, str] | None:
    """The key a line begins with and what follows its colon, None where it begins with none."""
    quoted = _QUOTED.match(bare)
    if quoted is not None:
        return quoted[1], bare[quoted.end() :].lstrip(" ")
    colon = _COLON.search(bare)
    name = bare[: colon.start()].rstrip() if colon else ""
    if colon is None or " #" in name or not (name[:1].isalnum() or name[:1] == "_"):
        return None
    return name, bare[colon.end() :].strip(" \t")


def _dash(bare: str) -> bool:
    return bare.startswith("- ") or bare == "-"


def _uncommented(text: str) -> str:
    place = text.find(" #")
    return (text if place < 0 else text[:place]).rstrip()


def entries(node: Node) -> Sequence[Node]:
    """A node's items where it is a list, else nothing."""
    return node if isinstance(node, list) else ()
