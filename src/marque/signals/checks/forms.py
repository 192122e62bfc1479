"""Canonical forms by name, as data rows ask for them, and what is never a value: placeholders and platforms' own names.

A check gives the value back in its canonical form, or None where it is not one.
"""

import html
import re
from collections.abc import Callable
from functools import cache

from marque.signals.rows import records

_FILLERS = re.compile(
    r"x{4,}|your|(?<![a-z.])example(?![a-z])|placeholder|undefined|changeme|insert|\{|\}|\$|<|>", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|(?:19|20)\d\d|all rights reserved|-(?=\s)", re.IGNORECASE)
_FILES = (".js", ".css", ".php", ".html", ".htm", ".aspx", ".ashx", ".png", ".svg", ".ico")
_COUNTED = "01234567890123456789"
_TORN = re.compile(r"(?<=[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3])\s(?=[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3])")
_TERM = re.compile(r"[0-9]{1,12}(?:[-+*][0-9]{1,12}){0,8}")


def canonical(kind: str, value: str, check: str) -> str | None:
    """The value in its canonical form; None for what no site can own."""
    shaped = _CHECKS[check](value)
    return None if shaped is None or ignored(kind, shaped) else shaped


def ignored(kind: str, value: str) -> bool:
    """Placeholders from documentation, and names that belong to the platform itself."""
    bare = value.rpartition(":")[2]
    return (
        (kind, value.lower()) in _listed()
        or len(set(bare.lower().strip("-_."))) < 2
        or (bare.isdigit() and len(bare) > 4 and (bare in _COUNTED or bare in _COUNTED[::-1]))
        or bool(_FILLERS.search(bare))
    )


@cache
def _listed() -> frozenset[tuple[str, str]]:
    return frozenset((line["kind"], line["value"]) for line in records("ignored"))


def _plain(value: str) -> str | None:
    return value


def _mixed(value: str) -> str | None:
    """Upper case, letters and digits both: a word or a plain number is no measurement id."""
    bare = value.rpartition("-")[2]
    return value.upper() if any(c.isdigit() for c in bare) and any(c.isalpha() for c in bare) else None


def _handle(value: str) -> str | None:
    """Lower case, without the dot or slash a sentence leaves behind; None for a platform's own script or page."""
    name = value.rstrip(".-/").lower()
    return None if name.endswith(_FILES) else name


def _exact(value: str) -> str | None:
    """As written: codes that the vendor does not fold."""
    return value.rstrip("./")


def _digits(value: str) -> str | None:
    vendor, _, number = value.partition(":")
    plain = "".join(digit for digit in number if digit.isdigit())
    return f"{vendor}:{plain}" if 7 <= len(plain) <= 15 else None


def _line(value: str) -> str | None:
    return value.replace("%40", "@").rstrip(".").lower()


def _address(value: str) -> str | None:
    """An e-mail address, or an account code in capitals."""
    return value.replace("%40", "@").lower() if "@" in value or "%40" in value else value


def _reddit(value: str) -> str | None:
    return value.replace("\\", "").replace("user/", "u/").lower()


def _copyright(value: str) -> str | None:
    """Who claims the page, without sign, years and reserved-rights phrases; None where no name is left.

    A sign inside an attribute or a script credits a picture: its text runs past the closing quote.
    """
    if '="' in value[:400] or value[:400].count('"') % 2:
        return None
    text = _COPYRIGHT.sub(" ", html.unescape(value[:400])).casefold()
    folded = " ".join(text.replace(",", " ").split()).strip(" .-–|·:")
    return folded[:120] if len(folded) >= 3 and any(letter.isalpha() for letter in folded) else None


def _group(value: str) -> str | None:
    """A folded name; words that end file names are no groups. Where a script needs no spaces, they tell nothing."""
    folded = _TORN.sub("", " ".join(value.casefold().split()))
    return None if folded in ("dl", "rip", "hd", "part", "cd1", "cd2", "sample", "proper") else folded


def _sum(value: str) -> str | None:
    """A number written as small arithmetic, as one advertising network hides its site ids."""
    vendor, _, text = value.partition(":")
    text = text.replace(" ", "")
    if not _TERM.fullmatch(text):
        return None
    total = 0
    for sign, product in re.findall(r"([-+]?)([0-9*]+)", text):
        factor = 1
        for number in product.split("*"):
            factor *= int(number)
        total += -factor if sign == "-" else factor
    return f"{vendor}:{total}" if total > 999 else None


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "": _plain,
    "plain": _plain,
    "upper": str.upper,
    "lower": str.lower,
    "mixed": _mixed,
    "handle": _handle,
    "exact": _exact,
    "digits": _digits,
    "sum": _sum,
    "line": _line,
    "address": _address,
    "reddit": _reddit,
    "copyright": _copyright,
    "group": _group,
}
