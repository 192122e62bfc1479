"""Whether what follows a label in a line of credits is the name of a release group, and which.

A translator's or a letterer's name stands on lawful editions too, so a name counts only where it says of itself that it
is a group's: by a word that only those have who release without a licence, or by a word for a team, unless other words
make that team a publisher's. A publisher that calls itself a team, and nothing else, is taken for a group.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from marque.signals.checks.forms import canonical
from marque.signals.marks.vocabulary import LABELS, bare, cased, of, spoken, unspaced, wide, words

KIND = "release-group"
_LATIN_LENGTHS, _WIDE_LENGTHS, _MOST_WORDS = (4, 31), (3, 16), 4
_END = re.compile(r"[|•·/\\,;:：()\[\]{}<>@=~*!?「」『』【】–—。、！？；،؛]|\s-\s|\.\s|\.$")
_TEAMS = ("fan", "group")


def reach(rest: str) -> int:
    """How far behind a label its name may go."""
    found = _END.search(rest)
    return found.start() if found else len(rest)


def behind(rest: str, languages: frozenset[str], *, own: bool) -> str | None:
    """The name behind a label drawn on a picture; `own` where only groups use the label: then any name counts."""
    said = words(rest[: reach(rest)])
    if not said or _common(said):
        return None
    name = _team(said, languages, own=own)
    if name is not None:
        return None if _of_a_house(name, languages) else sound(name)
    return sound(said) if own and all(word[0].isupper() or not word[0].isalpha() for word in said) else None


def written_behind(rest: str, languages: frozenset[str], *, own: bool) -> str | None:
    """The same in the text of a page, where a label may stand before prose: words of a name begin with capitals."""
    text = rest[: reach(rest)].strip()
    said = words(text)
    if not said:
        return None
    if unspaced(said[0]):
        whole = said if text.count(" ") < _MOST_WORDS - 1 else []
        return next((name for each in (whole, words(text.split()[0])) if (name := _glued(each, languages))), None)
    titled = list(takewhile(lambda word: word[0].isupper() or not cased(word), said))
    if len(titled) < len(said) and said[len(titled)].casefold() in _words_of(_TEAMS, languages):
        titled.append(said[len(titled)])
    if not titled or (len(titled) < len(said) and _team(titled, languages, own=False) is None):
        return None
    return behind(" ".join(titled), languages, own=own)


def sound(name: Sequence[str]) -> str | None:
    """The name in its canonical form, if it is one by length and letters."""
    text = " ".join(name)
    least, most = _WIDE_LENGTHS if wide(name[0]) else _LATIN_LENGTHS
    letters = sum(letter.isalpha() for letter in text)
    if len(name) > _MOST_WORDS or not least <= len(text) <= most or letters * 2 < len(text) or letters < least - 1:
        return None
    return canonical(KIND, text, "group")


def _glued(said: list[str], languages: frozenset[str]) -> str | None:
    """The name of words in a script without spaces: up to one that says so, else the first alone."""
    telling = _words_of(_TEAMS, languages)
    known = next((at for at, word in enumerate(said) if at and word in telling), 0)
    return behind(" ".join(said[: known + 1]), languages, own=False)


def _team(said: list[str], languages: frozenset[str], *, own: bool) -> list[str] | None:
    """The words that are the name of a team: up to one that says so, or from one on."""
    telling = _words_of((*_TEAMS, "firm") if own else _TEAMS, languages)
    known = next((at for at, word in enumerate(said) if at and word.casefold() in telling), None)
    if known is not None:
        return said[: known + 1]
    first = said[0].casefold()
    if (first in spoken("first", languages) and len(said) > 1) or _glued_to(said[0], telling):
        return said
    return None


def _glued_to(word: str, telling: frozenset[str]) -> bool:
    """Whether a word of a script without spaces ends or opens as names of groups do, and has more than that."""
    if not unspaced(word):
        return False
    ends = any(len(word) > len(end) + 1 and word.endswith(end) for end in telling if unspaced(end))
    return ends or any(
        len(word) > len(start) + 1 and word.startswith(start) for start in of("first") if unspaced(start)
    )


def _common(said: list[str]) -> bool:
    """Whether words begin as speech does, and not as a name."""
    first, plain = said[0].casefold(), of("plain")
    if unspaced(first):
        return any(first.startswith(word) and len(first) > len(word) > 1 for word in plain if unspaced(word))
    return (first in plain and len(said) > 1) or any(word in plain and not cased(word) for word in said)


def _of_a_house(name: list[str], languages: frozenset[str]) -> bool:
    """Whether a team may be a publisher's or an agency's, or is nothing but the label said again."""
    folded = [word.casefold() for word in name]
    if folded[-1] in of("fan") or any(unspaced(end) and folded[0].endswith(end) for end in of("fan")):
        return False
    said = "".join(folded)
    if any(word in said if unspaced(word) else word in folded for word in of("house")):
        return True
    telling = sorted(_words_of(_TEAMS, languages) | of("first"), key=len)
    left = [word for word in folded if word not in telling]
    if len(name) == 1:
        left = [said.removesuffix(end) for end in telling if unspaced(end) and said.endswith(end)][-1:] or left
    return all(not word or bare(word) in _labels_alone() for word in left)


def _labels_alone() -> frozenset[str]:
    return frozenset(bare(word) for use in LABELS for word in of(use))


def _words_of(uses: Sequence[str], languages: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(spoken(use, languages) for use in uses))
