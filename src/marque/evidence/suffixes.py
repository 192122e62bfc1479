"""Public suffixes: under which names strangers register theirs (publicsuffix.org, private section included).

The list is that of the package `publicsuffixlist`, read here without its parser: this is called for every host, and
the parser costs more than reading a small capture. A suffix says who hands names out, not who holds one.
"""

from functools import cache
from pathlib import Path

_FILE = "public_suffix_list.dat"


def listed() -> Path:
    """Where the list lies."""
    from importlib.util import find_spec

    spec = find_spec("publicsuffixlist")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name(_FILE)


@cache
def _rules() -> frozenset[bytes]:
    """Every line of the list. Comments among them equal no name."""
    return frozenset(listed().read_bytes().split(b"\n"))


def registrable(host: str) -> str | None:
    """The suffix a name stands under with one label more; None for a suffix itself. Unlisted top levels are suffixes.

    Rules are written in their own script, so A-labels are compared as what they stand for.
    """
    labels = host.split(".")
    written = [_own_script(label) for label in labels] if "xn--" in host else labels
    length = _length(written)
    return ".".join(labels[-length - 1 :]) if len(labels) > length else None


def _length(labels: list[str]) -> int:
    """How many labels the suffix has. The longest rule counts; an exception counts before its wildcard."""
    rules = _rules()
    for at in range(len(labels)):
        name = ".".join(labels[at:]).encode()
        depth = len(labels) - at
        if b"!" + name in rules:
            return depth - 1
        if b"*." + name in rules:
            return depth + 1 if at else depth
        if name in rules:
            return depth
    return 1


def _own_script(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
