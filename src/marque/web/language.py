"""Which language a page speaks, and the pseudo-language that shows what mirrored text does to a page.

The pseudo-language is English with accents, its words turned right to left; it exists for tests and translators.
"""

import re
from dataclasses import dataclass

from marque.words import FALLBACK, LANGUAGES, known, say

PSEUDO = "ar-XB"
RIGHT_TO_LEFT = frozenset({"ar", PSEUDO})
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_PLACE = 0xE000  # private use: stands for a parameter while the sentence around it is turned
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages: its tag for `lang`, and whether it runs from the right."""

    tag: str

    @property
    def right_to_left(self) -> bool:
        return self.tag in RIGHT_TO_LEFT

    def say(self, code: str, /, **params: object) -> str:
        """The text of a code; in a right-to-left text each parameter is isolated, so that it keeps its own order."""
        if params.get("count") == 1 and self.knows(f"{code}.one"):
            code = f"{code}.one"  # a sentence of its own for one thing, in languages that count so
        if not self.right_to_left:
            return say(code, self.tag, **params)
        if self.tag != PSEUDO:
            return say(code, self.tag, **{name: f"{_ISOLATE}{value}{_END}" for name, value in params.items()})
        held = {name: chr(_FIRST_PLACE + place) for place, name in enumerate(sorted(params))}
        text = _WORD.sub(_turned, say(code, FALLBACK, **held))
        for name, place in held.items():
            text = text.replace(place, f"{_ISOLATE}{params[name]}{_END}")
        return text

    def knows(self, code: str) -> bool:
        """Whether there is any text for a code."""
        return known(code, self.tag) or known(code, FALLBACK)


def _turned(word: re.Match[str]) -> str:
    return f"\u202e{word[0].translate(_ACCENTS)}\u202c"


def choose(wished: str | None, accepted: str) -> Language:
    """The language a reader chose, else the first one the browser asks for that marque speaks, else English."""
    if wished in LANGUAGES or wished == PSEUDO:
        return Language(str(wished))
    for part in accepted.split(",")[:20]:
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return Language(tag)
    return Language(FALLBACK)
