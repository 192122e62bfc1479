"""What happens to a text between the book and the page: scanning, converting, disguising, cutting, rewriting.

Each attack takes a stretch of a work and gives the bytes a page would deliver.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from marque.training.prose import language, sentence

Change = Callable[[str, random.Random, str], bytes]

# What scanning mistakes for what, by eye.
_CONFUSED = {
    "e": "c", "c": "e", "o": "0", "l": "1", "i": "l", "h": "b", "b": "h", "n": "u", "u": "n", "t": "f", "f": "t",
    "a": "o", "s": "5", "g": "q", "m": "rn", "d": "cl", "w": "vv", "r": "n", "v": "y", "y": "v",
}  # fmt: skip
_DISGUISE = {
    "a": "а",
    "c": "с",
    "e": "е",
    "o": "о",
    "p": "р",
    "x": "х",
    "y": "у",
    "i": "і",
    "s": "ѕ",
    "n": "ո",
    "v": "ν",
}
_OWN = {"en": "utf-8", "es": "cp1252", "ko": "cp949", "ja": "cp932", "zh": "gb18030"}
_STOLEN = "This chapter was taken from freenovels.example without permission, read it there."


@dataclass(frozen=True, slots=True)
class Attack:
    """`length` of the excerpt it is done to, in characters; `page` where that is more than a review may quote."""

    name: str
    length: int
    change: Change
    languages: tuple[str, ...] = ("en", "es", "ko", "ja", "zh")


def plain(text: str, _dice: random.Random, _name: str) -> bytes:
    return text.encode()


def scanned(percent: float) -> Change:
    """So many of a hundred characters wrong: half replaced, a quarter lost, a quarter put in."""

    def change(text: str, dice: random.Random, _name: str) -> bytes:
        return "".join(_misread(char, text, dice) if dice.random() * 100 < percent else char for char in text).encode()

    return change


def _misread(char: str, text: str, dice: random.Random) -> str:
    other = dice.choice(text)
    kind = dice.random()
    if kind < 0.5:
        return _CONFUSED.get(char, other) if kind < 0.25 else other
    return "" if kind < 0.75 else char + other


def wrapped(text: str, dice: random.Random, name: str) -> bytes:
    """Other line lengths, long words divided, page numbers between."""
    width = dice.choice((31, 45, 60))
    lines = [text[at : at + width].replace("\n", " ") for at in range(0, len(text), width)]
    joined = "-\n" if name in ("en", "es") else "\n"
    return joined.join(f"{line}\n{100 + at // 20}" if at % 20 == 19 else line for at, line in enumerate(lines)).encode()


def thinned(text: str, dice: random.Random, _name: str) -> bytes:
    """Three of ten paragraphs left out."""
    return "\n\n".join(each for each in text.split("\n\n") if dice.random() >= 0.3).encode()


def shuffled(text: str, dice: random.Random, _name: str) -> bytes:
    """Paragraphs in another order."""
    parts = text.split("\n\n")
    dice.shuffle(parts)
    return "\n\n".join(parts).encode()


def interleaved(text: str, dice: random.Random, _name: str) -> bytes:
    """A complaint of theft after every second sentence."""
    return re.sub(r"([.。]”?) ?", lambda found: found[0] + (_STOLEN if dice.random() < 0.5 else ""), text).encode()


def disguised(text: str, dice: random.Random, _name: str) -> bytes:
    """Half of the letters replaced by ones that look the same, and nothings put between."""
    return "".join(
        (_DISGUISE.get(char, char) if dice.random() < 0.5 else char) + ("\u200b" if dice.random() < 0.1 else "")
        for char in text
    ).encode()


def reworded(text: str, dice: random.Random, name: str) -> bytes:
    """Three of ten words replaced by others; of languages without spaces, characters."""
    words = language(name, 0).words
    parts = re.split(r"( )", text) if " " in text else list(text)
    return "".join(dice.choice(words) if each.strip() and dice.random() < 0.3 else each for each in parts).encode()


def page(text: str, dice: random.Random, name: str) -> bytes:
    """HTML as reading sites write it, with menus, scripts, readings, hidden words and references."""
    body = "".join(f"<p>{_hidden(escape(each), dice)}</p>\n" for each in text.split("\n\n"))
    menu = "".join(f'<li><a href="/{at}">Chapter {at}</a></li>' for at in range(30))
    return (
        f'<!doctype html><html lang="{name}"><head><meta charset="utf-8"><title>Read</title>'
        '<script>var a="<p>";</script>'
        f"<style>p{{color:#333}}</style></head><body><nav><ul>{menu}</ul></nav><article>{body}</article>"
        "<footer>All rights belong to somebody.</footer></body></html>"
    ).encode()


def _hidden(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    hidden = '<span style="display: none">read at books.example</span>'
    return text[:at] + hidden + text[at:] if "&" not in text else text


def book(text: str, dice: random.Random, name: str) -> bytes:
    """An EPUB of three chapters, stored out of reading order."""
    third = len(text) // 3
    chapters = [text[:third], text[third : 2 * third], text[2 * third :]]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="b/p.opf"/></container>')
        items = "".join(f'<item id="i{at}" href="{at}.xhtml"/>' for at in range(3))
        order = "".join(f'<itemref idref="i{at}"/>' for at in range(3))
        archive.writestr("b/p.opf", f"<package><manifest>{items}</manifest><spine>{order}</spine></package>")
        for at in (2, 0, 1):
            archive.writestr(f"b/{at}.xhtml", page(chapters[at], dice, name))
    return stream.getvalue()


def undeclared(text: str, _dice: random.Random, name: str) -> bytes:
    """The charset usual where the language is spoken, named nowhere."""
    return text.encode(_OWN[name], "replace")


def traditional(config: str) -> Change:
    """Chinese in the other script, by OpenCC with its phrases, so not the table that folding goes by."""

    def change(text: str, _dice: random.Random, _name: str) -> bytes:
        import opencc

        converted: str = opencc.OpenCC(config).convert(text)
        return converted.encode()

    return change


def quoted(text: str, dice: random.Random, name: str) -> bytes:
    """One sentence of the work, and a text of somebody else around it."""
    tongue = language(name, 0)
    around = " ".join(sentence(tongue, dice, ()) for _ in range(20))
    first = re.split(r"(?<=[.。])", text[100:])[1:2] or [text[:120]]
    return f"{around[:600]} “{first[0][:200]}” {around[600:]}".encode()


MAIN = "10 % scanning errors, 500 characters"
ATTACKS = (
    Attack("as it is, 200 characters", 200, plain),
    Attack("as it is, 500 characters", 500, plain),
    Attack("as it is, 1,000 characters", 1_000, plain),
    Attack("10 % scanning errors, 200 characters", 200, scanned(10)),
    Attack(MAIN, 500, scanned(10)),
    Attack("10 % scanning errors, 1,000 characters", 1_000, scanned(10)),
    Attack("10 % scanning errors, 2,000 characters", 2_000, scanned(10)),
    Attack("Traditional for Simplified, 500 characters", 500, traditional("s2t"), ("zh",)),
    Attack("Taiwan's wording, 500 characters", 500, traditional("s2twp"), ("zh",)),
    Attack("lines wrapped anew, 500 characters", 500, wrapped),
    Attack("look-alike letters, 500 characters", 500, disguised, ("en", "es")),
    Attack("complaints between, 2,000 characters", 2_000, interleaved),
    Attack("paragraphs left out, 6,000 characters", 6_000, thinned),
    Attack("paragraphs shuffled, 6,000 characters", 6_000, shuffled),
    Attack("HTML page, 2,000 characters", 2_000, page),
    Attack("EPUB, 6,000 characters", 6_000, book),
    Attack("charset not named, 2,000 characters", 2_000, undeclared),
    Attack("30 % of words replaced, 2,000 characters", 2_000, reworded),
    Attack("one sentence quoted elsewhere", 600, quoted),
)
