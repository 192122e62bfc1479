"""Which pictures a page shows, in the order a reader meets them.

Order comes from the page's own elements, lazily loaded ones included; then from where a script in the page names the
address; then from the order in which the capture recorded them.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SELECTOR = "img, source, amp-img, input[type=image], a[href]"
_ATTRIBUTES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-cfsrc",
    "data-full",
    "data-srcset",
    "data-lazy-srcset",
    "srcset",
    "src",
)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp")
MAX_ELEMENTS = 20_000


def ordered(page: bytes, base: str, uris: Sequence[str]) -> list[int]:
    """Positions in `uris` in reading order. `uris` are the pictures recorded for the page, in record order."""
    ranks = _ranks(page, base)
    keys = []
    for position, uri in enumerate(uris):
        rank = next((ranks[name] for name in _names(uri) if name in ranks), None)
        if rank is not None:
            keys.append((0, rank, position))
            continue
        place = _named_at(page, uri)
        keys.append((1, place, position) if place is not None else (2, 0, position))
    return [position for _, _, position in sorted(keys)]


def _ranks(page: bytes, base: str) -> dict[str, int]:
    """Every name a picture of the page goes by, with the rank of the first element that has it.

    A file name alone counts only where one address has it: `1.jpg` may stand in many folders.
    """
    ranks: dict[str, int] = {}
    owners: dict[str, set[str]] = {}
    for rank, address in enumerate(_addresses(page, base)):
        _, bare, last = names = _names(address)
        owners.setdefault(last, set()).add(bare)
        for name in names:
            ranks.setdefault(name, rank)
    return {name: rank for name, rank in ranks.items() if len(owners.get(name, ())) <= 1}


def _names(uri: str) -> tuple[str, str, str]:
    """An address whole, without query, and its last segment (marked, so that it is no address)."""
    whole = urldefrag(uri).url
    bare = whole.partition("?")[0]
    return whole, bare, "*/" + unquote(bare.rpartition("/")[2])


def _addresses(page: bytes, base: str) -> Iterator[str]:
    tree = LexborHTMLParser(page.decode("utf-8", "replace"))
    declared = tree.css_first("base[href]")
    if declared is not None:
        base = _join(base, declared.attributes.get("href") or "")
    for node in tree.css(_SELECTOR)[:MAX_ELEMENTS]:
        yield from (_join(base, address) for address in _of_element(node))


def _of_element(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if node.tag == "a":
        target = (attributes.get("href") or "").strip()
        if target.partition("?")[0].lower().endswith(_PICTURES):
            yield target
        return
    for name in _ATTRIBUTES:
        value = (attributes.get(name) or "").strip()
        if value and name.endswith("srcset"):
            yield from (part.split()[0] for part in value.split(", ") if part.split())
        elif value and not value.startswith("data:"):
            yield value


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _named_at(page: bytes, uri: str) -> int | None:
    """Where the page's source names the address: whole, as scripts escape it, or by its path."""
    whole, bare, _ = _names(uri)
    path = "/" + bare.partition("://")[2].partition("/")[2]
    for name in (whole, bare, path) if len(path) > 5 else (whole, bare):
        for form in (name, name.replace("/", "\\/")):
            place = page.find(form.encode("utf-8", "surrogatepass"))
            if place >= 0:
                return place
    return None
