"""How the page is built: generator, theme, scripts, skeleton, copyright line.

Page family ties copies of one page or kit together. Thousands of strangers run the same theme, and a clone carries
everything here along with the page.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from selectolax.lexbor import LexborNode

from marque.signals.checks.forms import canonical
from marque.signals.document import Finder, absolute
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("markup")
_THEMES = "/wp-content/themes/"
_DIGITS = str.maketrans("", "", "0123456789")
_UNSEEN = frozenset({"script", "style", "link", "noscript", "template"})
_FEWEST_SCRIPTS = 3  # a smaller set is no fingerprint
_DEEPEST, _WIDEST, _FEWEST = 3, 24, 8  # the skeleton: levels under the body, elements of each, lines needed


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """What the markup shows, then what the parsed page shows; a document inside the page has no family of its own."""
    for match in matches:
        value = canonical(match.row.kind, match.value(), match.row.check)
        if value:
            yield Hit(match.row.kind, value, match.start, match.end)
    if subject.html and subject.top:
        yield from _generators(subject)
        yield from _addresses(subject)
        yield from _skeleton(subject)


def _generators(subject: Subject) -> Iterator[Hit]:
    finder = Finder(subject.text)
    for element in subject.document.of("meta"):
        if element.get("name").lower() == "generator" and (value := " ".join(element.get("content").lower().split())):
            yield Hit("generator", value[:200], *finder.span(element.get("content")))


def _addresses(subject: Subject) -> Iterator[Hit]:
    """Scripts and themes by where they are loaded from."""
    finder, scripts, themes = Finder(subject.text), list[str](), set[str]()
    own = subject.record.host
    for element in subject.document.of("script", "link"):
        written = element.get("src") if element.tag == "script" else element.get("href")
        if not written or written.startswith("data:"):
            continue
        theme = written.partition(_THEMES)[2].partition("/")[0]
        if theme and theme not in themes:
            themes.add(theme)
            yield Hit("page-theme", _theme(theme), *finder.span(written))
        if element.tag == "script" and (address := _without_query(absolute(written, subject.address))):
            yield Hit("script-url", address, *finder.span(written))
            host, _, path = address.partition("//")[2].partition("/")
            scripts.append(path if host == own else f"{host}/{path}")
    if len(set(scripts)) >= _FEWEST_SCRIPTS:
        yield Hit("script-set", _digest(sorted(set(scripts))), 0, len(subject.text))


def _without_query(address: str) -> str:
    return address.partition("#")[0].partition("?")[0] if address.startswith(("http://", "https://")) else ""


@cache
def _themes() -> dict[str, str]:
    return {line["folder"]: line["theme"] for line in records("themes")}


def _theme(folder: str) -> str:
    """The name a theme is known under; a child theme is its parent's."""
    name = folder.lower().removesuffix("-child").removesuffix("_child")
    return _themes().get(name, name)


def _skeleton(subject: Subject) -> Iterator[Hit]:
    """The upper levels of the page as tags with their first class, digits and repetitions left out."""
    body = subject.tree.body
    lines = list(_level(body, 0)) if body is not None else []
    if len(lines) >= _FEWEST:
        yield Hit("dom-structure", _digest(lines), 0, len(subject.text))


def _level(node: LexborNode, depth: int) -> Iterator[str]:
    last = ""
    for child in islice(node.iter(), _WIDEST):
        if child.tag in _UNSEEN:
            continue
        name = (child.attributes.get("class") or child.id or "").partition(" ")[0]
        line = f"{depth}{child.tag}.{name.translate(_DIGITS)}"
        if line != last:
            yield line
            if depth + 1 < _DEEPEST:
                yield from _level(child, depth + 1)
        last = line


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
