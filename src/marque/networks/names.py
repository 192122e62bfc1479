"""What a site's name says: its stem without number and ending, and whether two names look like one brand's.

A name is cheap: anybody may register one that looks like another's. Names propose, signals decide.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

_SUFFIXES = PublicSuffixList(accept_unknown=True)
# A saved file or an address has no name that anybody chose.
_NAMELESS = re.compile(r"file:|[\d.]+$|\[?[0-9a-f]*:[0-9a-f:.]*\]?$")
_NUMBER = re.compile(r"\d+")
_LONGEST = 1000  # letters; no name of the net is longer
_EDGES = re.compile(
    r"^(?:www\d*|the|my|new|go|get|real|official|m|ww\d+|wvw|v\d+|app|beta)-"
    r"|-(?:to|tv|me|cc|io|app|online|official|net|site|free|hd|new)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A site's name taken apart. `stem` is the label without digits and hyphens, `number` its last run of digits.

    `series` is the label with that run left open (name#), empty without one.
    """

    site: str
    label: str
    suffix: str
    stem: str
    number: int | None
    series: str


@lru_cache(maxsize=200_000)
def parse(site: str) -> Name:
    """Take a site's name apart; labels are shown in their own script, so that renames in it are seen."""
    if len(site) > _LONGEST or _NAMELESS.match(site):
        return Name(site, site, "", "", None, "")
    label, suffix = _label(site.lower().rstrip("."))
    label = _readable(label)
    trimmed = _EDGES.sub("", _EDGES.sub("", label))
    stem = _NUMBER.sub("", trimmed).replace("-", "") or trimmed
    numbers = list(_NUMBER.finditer(trimmed))
    if not numbers:
        return Name(site, label, suffix, stem, None, "")
    number = numbers[-1]
    series = (trimmed[: number.start()] + "#" + trimmed[number.end() :]).replace("-", "")
    return Name(site, label, suffix, stem, int(number[0][:9]), series)


def _label(site: str) -> tuple[str, str]:
    """The part of a site's name that somebody chose, and the rest. On a platform that is the account."""
    host, _, path = site.partition("/")
    if path:
        return path.rpartition("/")[2], host
    host = host.removeprefix("www.")
    whole = _SUFFIXES.privatesuffix(host) or host
    label, _, suffix = host.partition(".")
    return (label, suffix) if len(host) > len(whole) else (whole.partition(".")[0], whole.partition(".")[2])


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def numbered(one: Name, other: Name) -> bool:
    """Whether both are numbers of one series (name468, name469)."""
    if one.number is None or other.number is None or len(one.stem) < 3:
        return False
    return one.series == other.series and one.number != other.number
