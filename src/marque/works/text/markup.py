"""What a reader sees of an HTML or XHTML page, as plain text: the story without scripts, readings and menus.

Rules are few and look at the page alone. What is hidden or set apart is left out only where it is short: a chapter that
a script unhides, or that stands in a footer, is a chapter.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from marque.works.text.tags import RAW, Tag, tokens, unescaped

SHORT = 400  # characters outside of links; a section with more is text, whatever it is called
_KINDS = ("reading", "never", "apart", "empty", "block", "cell")


def _elements() -> dict[str, frozenset[str]]:
    """Which elements are what: `reading` stands beside a character, `apart` may be no part of the story."""
    with (Path(__file__).parent / "data" / "elements.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["element"], row["kind"]) for row in csv.DictReader(stream)]
    return {kind: frozenset(element for element, its in rows if its == kind) for kind in _KINDS}


_READINGS, _NOT_TEXT, _APART, _EMPTY, _BLOCKS, _CELLS = (_elements()[kind] for kind in _KINDS)
_NEVER = _READINGS | _NOT_TEXT
_BLOCKS |= _APART
_HIDING = frozenset(("span", "div", "p", "i", "b", "em", "strong", "small", "sup", "sub", "font", "a", "section"))
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_CLOSING = re.compile(r"</(?:[A-Za-z]{1,20}:)?([A-Za-z]{1,10})[\s>]")
_BREAK = "\n"
_DEEPEST = 32  # sections within sections that are followed; beyond it they are text


@dataclass(slots=True)
class _Section:
    """A section that may be left out, and how much of the output it has."""

    tag: str
    always: bool
    begins: int
    text: int = 0
    depth: int = 1


@dataclass(slots=True)
class _Page:
    left: dict[str, int]  # how many closings of each name are still to come
    pieces: list[str] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)
    links: int = 0


def visible(source: str) -> str:
    """The text of a page, one line a block."""
    page = _Page(_closings(source))
    for token in tokens(source):
        if isinstance(token, Tag):
            _meet(page, token)
        else:
            page.pieces.append(unescaped(token).replace("\n", " "))
            if page.sections and not page.links:
                page.sections[-1].text += len(token) - token.count(" ")
    return _SPACES.sub(_space, "".join(page.pieces)).strip()


def _space(run: re.Match[str]) -> str:
    return _BREAK if _BREAK in run[0] else " "


def _closings(source: str) -> dict[str, int]:
    count: dict[str, int] = {}
    for name in _CLOSING.findall(source):
        lower = name.lower()
        count[lower] = count.get(lower, 0) + 1
    return count


def _meet(page: _Page, tag: Tag) -> None:
    name = tag.name
    if name in _BLOCKS:
        page.pieces.append(_BREAK)
    elif name in _CELLS:
        page.pieces.append(" ")
    if tag.closing:
        page.left[name] = page.left.get(name, 0) - 1
        _close(page, name)
    elif name not in _EMPTY and name not in RAW and not tag.inside.endswith("/"):
        _open(page, tag)
    if name == "a":
        page.links = 0 if tag.closing else 1


def _open(page: _Page, tag: Tag) -> None:
    name = tag.name
    if name in _READINGS or name == "rb":
        _end_reading(page)
    elif page.sections and page.sections[-1].tag == name:
        page.sections[-1].depth += 1
        return
    always = name in _NEVER
    if not (always or name in _APART or (name in _HIDING and tag.inside and _hides(tag))):
        return
    ends = page.left.get(name, 0) + (page.left.get("ruby", 0) if name in _READINGS else 0)
    if ends > 0 and len(page.sections) < _DEEPEST:
        page.sections.append(_Section(name, always, len(page.pieces)))


def _end_reading(page: _Page) -> None:
    if page.sections and page.sections[-1].tag in _READINGS:
        _close(page, page.sections[-1].tag)


def _hides(tag: Tag) -> bool:
    return bool(_HIDDEN.search(tag.attributes().get("style", ""))) or tag.says("hidden")


def _close(page: _Page, name: str) -> None:
    """The innermost section ends with its own closing; one that is left open in it ends with the outer one."""
    if name == "ruby":
        _end_reading(page)
    at = next((place for place in range(len(page.sections) - 1, -1, -1) if page.sections[place].tag == name), None)
    if at is None:
        return
    section = page.sections[at]
    section.depth -= 1
    if section.depth > 0:
        return
    section.text += sum(inner.text for inner in page.sections[at + 1 :])
    del page.sections[at:]
    if section.always or section.text < SHORT:
        del page.pieces[section.begins :]
        page.pieces.append(_BREAK if name in _BLOCKS else "")
    elif page.sections:
        page.sections[-1].text += section.text
