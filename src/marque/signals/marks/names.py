"""Names of release groups in the lines of a credit card or a watermark, in the form in which a page's text gives them.

A translator's or a letterer's name alone stands on lawful editions too, so such a label counts only before a name that
says of itself that it is a group's. What a line names is who made a release, where the line is right.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from marque.signals.marks.groups import KIND, behind, reach, sound
from marque.signals.marks.lines import Line
from marque.signals.marks.vocabulary import LABELS, WIDE, even, languages_of, of, wide, words

__all__ = ["KIND", "names", "telling"]
SURE, SURE_ALONE = 30.0, 60.0  # what each word of a name must reach, behind a label and without one
_LIKE = 0.8  # of the letters
_OWN, _ROLE = LABELS[:2], LABELS[2:]


def telling(line: Line) -> bool:
    """Whether a line holds a word that could make it name somebody: worth a second look."""
    together = re.sub(r"\s", "", even(line.text)).casefold()
    return any(word in together for word in _tokens())


def names(line: Line) -> Iterator[str]:
    """The group a line names: at most one, behind the first label that has one, else alone in its line."""
    text = even(line.text)
    for label in _labels().finditer(text):
        rest = text[label.end() :]
        value = behind(rest, languages_of(label["label"]), own=label["own"] is not None)
        if value:
            if line.confidence(label.end(), label.end() + reach(rest)) >= SURE:
                yield value
            return
    value = _alone(text)
    if value and line.confidence(0, len(text)) >= SURE_ALONE:
        yield value


def has_wide(text: str) -> bool:
    """Whether a text has letters of a script that is written without spaces, or may be."""
    return re.search(rf"[{WIDE}]", text) is not None


@cache
def _tokens() -> tuple[str, ...]:
    """The words without which no line names a group, without spaces; short Latin ones would be found in anything."""
    found = {word.replace(" ", "").rstrip(":") for use in (*_OWN, "fan", "group", "firm", "first") for word in of(use)}
    return tuple(sorted(word for word in found if len(word) > 3 or (len(word) > 1 and not word.isascii())))


def _alone(text: str) -> str | None:
    """A line that is nothing but a group's name, by its last word; written as names are, not as shouts."""
    said = words(text)
    if not said or "".join(said) != re.sub(r"[\s|.,'\"*~_-]", "", text).replace("’", ""):
        return None
    if len(said) == 1:
        stem = next((said[0][: -len(end)] for end in of("sure") if said[0].endswith(end)), "")
        return sound(said) if wide(said[0]) and len(stem) > 1 and stem not in of("plain") else None
    titled = all(word[0].isupper() and not word.isupper() for word in said)
    plain = any(word.casefold() in of("plain") for word in said) or _misread_label(said[0])
    return sound(said) if titled and not plain and said[-1].casefold() in of("sure") else None


def _misread_label(word: str) -> bool:
    """Whether a word is nearly one of the labels: then what follows is no line of its own."""
    return bool(get_close_matches(word.casefold(), sorted(label for use in LABELS for label in of(use)), 1, _LIKE))


@cache
def _labels() -> re.Pattern[str]:
    """A label at the start of a line or behind a mark, with what sets its name apart; spaces in it may be torn."""
    own, role = (_either(frozenset().union(*map(of, uses))) for uses in (_OWN, _ROLE))
    return re.compile(
        rf"(?:^|(?<=[\s|•·*/,;:(\[【「-]))(?P<label>(?P<own>{own})|(?:{role}))(?:\s*[:;.|=~>–—-]+\s*|\s+)(?=[^\s])",
        re.IGNORECASE,
    )


def _either(labels: frozenset[str]) -> str:
    """The words as alternatives, longest first; letters of scripts without spaces may stand apart."""
    ordered = sorted((word.rstrip(":") for word in labels), key=lambda word: (-len(word), word))
    return "|".join(r"\s?".join(map(re.escape, word)) if wide(word) else re.escape(word) for word in ordered)
