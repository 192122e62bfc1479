"""How the page is built: generator, theme, scripts, skeleton, copyright line.

Page family ties copies of one page or kit together. Thousands of strangers run the same theme, and a clone carries
everything here along with the page.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

from marque.signals.addresses import absolute
from marque.signals.checks.forms import canonical
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, records
from marque.signals.skeleton import skeleton
from marque.signals.subject import Subject

ROWS = load("markup")
_THEMES = "/wp-content/themes/"
_FEWEST_SCRIPTS = 3  # a smaller set is no fingerprint


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
    for element in subject.metas.get(b"generator", ()):
        if value := " ".join(element.get("content").lower().split()):
            yield Hit("generator", value[:200], *element.span("content"))


def _addresses(subject: Subject) -> Iterator[Hit]:
    """Scripts and themes by where they are loaded from."""
    scripts, themes = list[str](), set[str]()
    own = subject.record.host
    for element in subject.document.of("script", "link"):
        source = "src" if element.tag == "script" else "href"
        if element.bare or (element.tag == "link" and not element.mentions(_THEMES.encode())):
            continue
        written = element.get(source)
        if not written or written.startswith("data:"):
            continue
        theme = written.partition(_THEMES)[2].partition("/")[0]
        if theme and theme not in themes:
            themes.add(theme)
            yield Hit("page-theme", _theme(theme), *element.span(source))
        if element.tag == "script" and (address := _without_query(absolute(written, subject.address))):
            yield Hit("script-url", address, *element.span(source))
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
    if lines := skeleton(subject.document):
        yield Hit("dom-structure", _digest(lines), 0, len(subject.text))


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
