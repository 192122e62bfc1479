"""What a reader sees of an HTML or XHTML page, as plain text: the story without scripts, readings and menus.

Rules are few and look at the page alone. What is set apart is left out only where it is short: a chapter in a footer is
a chapter. What is hidden is left out, unless hardly anything else is there: a script unhides it.
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
_FADED = re.compile(r"(?i)font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])")  # pages fade their story in
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_MAY_HIDE = re.compile(r"(?i)hidden|display|<template")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_CLOSING = re.compile(r"</(?:[A-Za-z]{1,20}:)?([A-Za-z]{1,10})[\s>]")
_BREAK = "\n"
_DEEPEST = 32  # sections within sections that are followed; beyond it they are text


@dataclass(slots=True)
class _Section:
    """A section that may be left out, and how much of the output it has. `always`: however long it is.

    `open` are the elements begun within it, where it is hidden; what closes another one closes the section too.
    """

    tag: str
    always: bool
    begins: int
    open: dict[str, int] | None = None
    text: int = 0
    depth: int = 1


@dataclass(slots=True)
class _Page:
    left: dict[str, int]  # how many closings of each name are still to come
    unhidden: bool
    pieces: list[str] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)
    links: int = 0


def visible(source: str) -> str:
    """The text of a page, one line a block."""
    seen = _visible(source, unhidden=False)
    if sum(map(len, seen.split())) >= SHORT or not _MAY_HIDE.search(source):
        return seen
    whole = _visible(source, unhidden=True)
    return whole if len(whole) >= len(seen) + SHORT else seen


def _visible(source: str, *, unhidden: bool) -> str:
    page = _Page(_closings(source), unhidden)
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
        _end_hidden(page, name)
        _close(page, name)
    elif name not in _EMPTY and name not in RAW and not tag.inside.endswith("/"):
        _open(page, tag)
    if name == "a":
        page.links = 0 if tag.closing else 1


def _open(page: _Page, tag: Tag) -> None:
    name = tag.name
    inner = page.sections[-1] if page.sections else None
    if inner is not None and inner.tag == "p" and name in _BLOCKS:  # a block ends a paragraph (HTML Standard, 13.2.6)
        _close(page, "p")
        inner = page.sections[-1] if page.sections else None
    if inner is not None and inner.open is not None:
        inner.open[name] = inner.open.get(name, 0) + 1
    if name in _READINGS or name == "rb":
        _end_reading(page)
    elif inner is not None and inner.tag == name:
        inner.depth += 1
        return
    _begin(page, tag)


def _begin(page: _Page, tag: Tag) -> None:
    """Follow a section that is set apart or not shown, if it has an end."""
    name = tag.name
    style = tag.attributes().get("style", "") if tag.inside else ""
    hidden = name == "template" or bool(_HIDDEN.search(style)) or tag.says("hidden")
    always = name in _NEVER or (hidden and not page.unhidden)
    if not (always or name in _APART or (name in _HIDING and (hidden or _FADED.search(style)))):
        return
    ends = page.left.get(name, 0) + (page.left.get("ruby", 0) if name in _READINGS else 0)
    if ends > 0 and len(page.sections) < _DEEPEST:
        known: dict[str, int] | None = {} if hidden and name not in _NEVER else None
        page.sections.append(_Section(name, always, len(page.pieces), known))


def _end_reading(page: _Page) -> None:
    if page.sections and page.sections[-1].tag in _READINGS:
        _close(page, page.sections[-1].tag)


def _end_hidden(page: _Page, name: str) -> None:
    """What closes an element that was open before a hidden section closes the section: it hides no more than it holds.

    A browser may go on hiding; a page read too far is seen by whoever looks, one that is not read by nobody.
    """
    while page.sections:
        section = page.sections[-1]
        if section.open is None or section.tag == name:
            return
        if section.open.get(name, 0) > 0:
            section.open[name] -= 1
            return
        section.depth = 1
        _close(page, section.tag)


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
