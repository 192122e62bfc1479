"""Names of release groups in the lines of a credit card or a watermark, in the form in which a page's text gives them.

A translator's or a letterer's name alone stands on lawful editions too, so such a label counts only before a name that
says of itself that it is a group's. What a line names is who made a release, where the line is right.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from marque.signals.checks.forms import canonical
from marque.signals.marks.lines import Line
from marque.signals.rows import records

KIND = "release-group"
SURE, SURE_ALONE = 30.0, 60.0  # what each word of a name must reach, behind a label and without one
_LATIN_LENGTHS, _WIDE_LENGTHS, _MOST_WORDS = (4, 31), (3, 16), 4
_LIKE = 0.7  # of the letters
_WIDE = r"\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_BETWEEN = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_END = re.compile(r"[|•·/\\,;:：()\[\]{}<>@=~*「」『』【】–—]|\s-\s|\.\s|\.$")
_WORDS = re.compile(r"[^\W_](?:[\w'’&.-]*[^\W_])?")


def telling(line: Line) -> bool:
    """Whether a line holds a word that could make it name somebody: worth a second look."""
    together = re.sub(r"\s", "", _even(line.text)).casefold()
    return any(word in together for word in _tokens())


def names(line: Line) -> Iterator[str]:
    """The group a line names: at most one, behind the first label that has one, else alone in its line."""
    text = _even(line.text)
    for label in _labels().finditer(text):
        rest = text[label.end() :]
        value = _named(rest, own=label["own"] is not None)
        if value:
            if line.confidence(label.end(), label.end() + _reach(rest)) >= SURE:
                yield value
            return
    value = _alone(text)
    if value and line.confidence(0, len(text)) >= SURE_ALONE:
        yield value


def wide(text: str) -> bool:
    """Whether a text has letters of a script that is written without spaces, or may be."""
    return re.search(rf"[{_WIDE}]", text) is not None


@cache
def _tokens() -> tuple[str, ...]:
    """The words without which no line names a group, without spaces; short Latin ones would be found in anything."""
    words = {word.replace(" ", "").rstrip(":") for use in ("own", "group") for word in _of(use)}
    return tuple(sorted(word for word in words if len(word) > 3 or (len(word) > 1 and _wide(word))))


def _even(text: str) -> str:
    """Full-width forms as plain ones, character by character."""
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", one)) == 1 else one for one in text)


def _reach(rest: str) -> int:
    """How far behind a label its name may go."""
    found = _END.search(rest)
    return found.start() if found else len(rest)


def _named(rest: str, *, own: bool) -> str | None:
    """What a label is followed by, where it is the name of a group."""
    words = _words(rest[: _reach(rest)])
    if not words or (words[0].casefold() in _of("plain") and len(words[0]) < len("".join(words))):
        return None
    known = next((at for at, word in enumerate(words) if at and word.casefold() in _of("group")), None)
    if known is not None:
        return _sound(words[: known + 1])
    if words[0].casefold() in _of("first") or _ends(words[0]):
        return _sound(words)
    return _sound(words) if own and all(word[0].isupper() or not word[0].isalpha() for word in words) else None


def _alone(text: str) -> str | None:
    """A line that is nothing but a group's name, by its last word; written as names are, not as shouts."""
    words = _words(text)
    if not words or "".join(words) != re.sub(r"[\s|.,'\"*~_-]", "", text).replace("’", ""):
        return None
    if len(words) == 1:
        stem = next((words[0][: -len(end)] for end in _of("sure") if words[0].endswith(end)), "")
        return _sound(words) if _wide(words[0]) and len(stem) > 1 and stem not in _of("plain") else None
    titled = all(word[0].isupper() and not word.isupper() for word in words)
    plain = any(word.casefold() in _of("plain") for word in words) or _misread_label(words[0])
    return _sound(words) if titled and not plain and words[-1].casefold() in _of("sure") else None


def _misread_label(word: str) -> bool:
    """Whether a word is nearly one of the labels: then what follows is no line of its own."""
    return bool(get_close_matches(word.casefold(), sorted(_of("role") | _of("own")), 1, _LIKE))


def _words(text: str) -> list[str]:
    return _WORDS.findall(_BETWEEN.sub("", text))


def _ends(word: str) -> bool:
    """Whether a word of a script without spaces ends as names of groups do, and has more than that."""
    return _wide(word) and any(len(word) > len(end) + 1 and word.endswith(end) for end in _of("group") if _wide(end))


def _wide(word: str) -> bool:
    return re.fullmatch(rf"[{_WIDE}A-Za-z0-9]*[{_WIDE}]", word) is not None


def _sound(words: list[str]) -> str | None:
    """The name in its canonical form, if it is one by length and letters."""
    name = " ".join(words)
    least, most = _WIDE_LENGTHS if _wide(words[0]) else _LATIN_LENGTHS
    letters = sum(letter.isalpha() for letter in name)
    if len(words) > _MOST_WORDS or not least <= len(name) <= most or letters * 2 < len(name) or letters < least - 1:
        return None
    return canonical(KIND, name, "group")


@cache
def _of(use: str) -> frozenset[str]:
    return frozenset(word for line in records("marks") if line["use"] == use for word in line["words"].split("|"))


@cache
def _labels() -> re.Pattern[str]:
    """A label at the start of a line or behind a mark, with what sets its name apart; spaces in it may be torn."""
    own, role = (_either(_of(use)) for use in ("own", "role"))
    return re.compile(
        rf"(?:^|(?<=[\s|•·*/,;:(\[【「-]))(?:(?P<own>{own})|(?:{role}))(?:\s*[:;.|=~>–—-]+\s*|\s+)(?=[^\s])",
        re.IGNORECASE,
    )


def _either(words: frozenset[str]) -> str:
    """The words as alternatives, longest first; letters of scripts without spaces may stand apart."""
    ordered = sorted((word.rstrip(":") for word in words), key=lambda word: (-len(word), word))
    return "|".join(r"\s?".join(map(re.escape, word)) if _wide(word) else re.escape(word) for word in ordered)
