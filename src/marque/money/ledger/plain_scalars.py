"""Text and flow collections of plain YAML: quoted text, `[a, b]`, `{a: b}`, and block text after `|` or `>`."""

import re
from typing import NoReturn

Node = str | None | list["Node"] | dict[str, "Node"]
NULL = ("", "~", "null", "Null", "NULL")
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ",
    '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\n\s*|(.))|\n\s*", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^']|'')*)'", re.DOTALL)
_PLAIN = re.compile(r"(?:[^,\[\]{}:#\n]|:(?![\s,\[\]{}])|(?<!\s)#)+")
_SPACE = re.compile(r"(?:\s|(?<=\s)#[^\n]*)*")
_INDICATORS = ("&", "*", "!", "|", ">", "%", "@", "`", "?")
_MARKS = ("- ", "-\n")
_FOLD = re.compile(r"\n\s*")  # lines come without white space at their ends
_HEAD = re.compile(r"([|>])([+-]?)[ \t]*(?:#.*)?")


class Unplain(ValueError):
    """Not plain YAML; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Balance:
    """Whether a value that begins with a quotation mark or a bracket has ended, fed line by line."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._before = ","

    def feed(self, line: str) -> bool:
        """Take one more line. True once nothing is open any more."""
        escaped = False
        for char in line:
            if self._quote:
                if self._quote == '"' and char == "\\" and not escaped:
                    escaped = True
                    continue
                self._quote = "" if char == self._quote and not escaped else self._quote
                escaped = False
            elif char in "\"'" and self._before in "[{,:\"'":
                self._quote = char
            else:
                self._depth += (char in "[{") - (char in "]}")
            self._before = self._before if char.isspace() else char
        return not self._quote and self._depth <= 0


class Flow:
    """A value that begins with a quotation mark or a bracket, with all its lines."""

    def __init__(self, text: str, line: int, depth: int = 1) -> None:
        self.text = text
        self.line = line
        self.depth = depth

    def whole(self) -> Node:
        """The value, where nothing but a comment follows it."""
        node, end = self.value(0, self.depth)
        if self._skip(end) != len(self.text):
            self.refuse(end)
        return node

    def refuse(self, place: int) -> NoReturn:
        raise Unplain(self.line + self.text.count("\n", 0, place))

    def _skip(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found else place

    def value(self, place: int, depth: int) -> tuple[Node, int]:
        """The value at a place, and where it ends."""
        first = self.text[place : place + 1]
        if first in ("[", "{"):
            if depth <= 0:
                self.refuse(place)
            return self._list(place + 1, depth - 1) if first == "[" else self._mapping(place + 1, depth - 1)
        return self.scalar(place)

    def scalar(self, place: int) -> tuple[str | None, int]:
        """Quoted or plain text at a place, and where it ends."""
        first = self.text[place : place + 1]
        found = {'"': _DOUBLE, "'": _SINGLE}.get(first, _PLAIN).match(self.text, place)
        if found is None or first in _INDICATORS or self.text[place : place + 2] in _MARKS:
            self.refuse(place)
        if first == '"':
            return _unescaped(found[1], self), found.end()
        if first == "'":
            return _folded(found[1].replace("''", "'")), found.end()
        text = found[0].strip()
        return None if text in NULL else text, found.end()

    def _list(self, place: int, depth: int) -> tuple[Node, int]:
        found: list[Node] = []
        while True:
            place = self._skip(place)
            if self.text[place : place + 1] == "]":
                return found, place + 1
            node, place = self.value(place, depth)
            found.append(node)
            place = self._separated(place, "]")

    def _mapping(self, place: int, depth: int) -> tuple[Node, int]:
        found: dict[str, Node] = {}
        while True:
            place = self._skip(place)
            if self.text[place : place + 1] == "}":
                return found, place + 1
            key, place = self.scalar(place)
            place = self._skip(place)
            if self.text[place : place + 1] != ":" or key is None or key in found:
                self.refuse(place)
            node, place = self.value(self._skip(place + 1), depth)
            found[key] = node
            place = self._separated(place, "}")

    def _separated(self, place: int, closing: str) -> int:
        place = self._skip(place)
        if self.text[place : place + 1] not in (",", closing):
            self.refuse(place)
        return place + (self.text[place] == ",")


def _unescaped(text: str, flow: Flow) -> str:
    def char(found: re.Match[str]) -> str:
        digits = found[1] or found[2] or found[3]
        if digits:
            point = int(digits, 16)  # half a surrogate pair is no character, and no file could be written with it
            return flow.refuse(0) if point > 0x10FFFF or 0xD800 <= point < 0xE000 else chr(point)
        if found[4]:
            return _ESCAPED[found[4]] if found[4] in _ESCAPED else flow.refuse(0)
        if found[0][0] != "\\":
            return _folded(found[0])
        return "" if found[0].count("\n") == 1 else flow.refuse(0)

    return _ESCAPE.sub(char, text)


def _folded(text: str) -> str:
    """Line breaks inside quotes: one is a space, each further one a break."""
    return _FOLD.sub(lambda found: "\n" * (found[0].count("\n") - 1) or " ", text)


def block_text(head: str, lines: list[str], number: int) -> str:
    """The text of a block after `|` (as it stands) or `>` (folded)."""
    style = _HEAD.fullmatch(head)
    if style is None:
        raise Unplain(number)
    margin = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    further = style[1] == ">" and any(line[margin : margin + 1].isspace() for line in lines if line.strip())
    if further or any(line[:margin].strip() for line in lines):
        raise Unplain(number)
    text = "\n".join(line[margin:] for line in lines)
    kept = text.rstrip("\n ")
    if style[1] == ">":
        kept = re.sub(r"(?<=\S)(\n+)(?=\S)", lambda found: "\n" * (len(found[1]) - 1) or " ", kept)
    ends = {"-": "", "": "\n" if kept else "", "+": "\n" + text[len(text.rstrip("\n ")) :] if kept else text}
    return kept + ends[style[2]]
