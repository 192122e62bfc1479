"""Which pictures of a page may carry credits: the first and the last of its strip, and what stands right beside it.

The strip is the folder that most of the page's pictures lie in: sites hand out an episode's slices from one. A page
that names its pictures in a script only is read there.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import re2

from marque.signals.addresses import absolute, path_of
from marque.signals.markup import Element
from marque.signals.rows import options
from marque.signals.subject import Subject

FEWEST, ENDS = 3, 2  # pictures that make a strip; how many are read at each end
_MOST_PICTURES = 2_000
_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-url", "data-cfsrc", "src")
_SCRIPTED = re2.compile(
    rb"[\"'](https?:(?:\\?/){2}[^\"'<>\s]{4,400}?\.(?:jpe?g|png|webp|avif)(?:\?[^\"'<>\s]{0,200})?)[\"']", options()
)


def ends(subject: Subject) -> list[str]:
    """Addresses of the pictures to read, in page order; nothing where the page shows no strip."""
    shown = _shown(subject)
    folders = Counter(map(_folder, shown))
    if not folders:
        return []
    folder, count = max(folders.items(), key=lambda each: each[1])  # the first of equals
    if count < FEWEST:
        return []
    places = [at for at, address in enumerate(shown) if _folder(address) == folder]
    wanted = {*places[:ENDS], *places[-ENDS:], max(0, places[0] - 1), min(len(shown) - 1, places[-1] + 1)}
    return [shown[at] for at in sorted(wanted)]


def _shown(subject: Subject) -> list[str]:
    """The page's pictures in page order, each once; those that a script names where elements name too few."""
    elements = islice(subject.document.pictures(linked=False), _MOST_PICTURES)
    named = dict.fromkeys(address for element in elements for address in _address(element, subject.address))
    if len(named) >= FEWEST:
        return list(named)
    scripted = islice(_SCRIPTED.finditer(subject.text), _MOST_PICTURES)
    written = (found[1].decode("utf-8", "replace").replace("\\/", "/") for found in scripted)
    return list(dict.fromkeys([*named, *(absolute(address, subject.address) for address in written)]))


def _address(element: Element, base: str) -> Iterator[str]:
    written = next((value for name in _ATTRIBUTES if (value := element.get(name).strip())), "")
    if written and not written.startswith("data:") and not path_of(written).lower().endswith((".svg", ".gif", ".mp4")):
        yield absolute(written, base)


def _folder(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[0]
