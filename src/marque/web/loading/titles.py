"""Titles of works as the catalogue holds them. A title found here says what a work is called, not who may show it."""

from collections.abc import Mapping
from dataclasses import dataclass

_FIRST = ("en", "ko", "ja", "es", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Title:
    """What a work is called in each language, and who holds it."""

    titles: Mapping[str, str]
    holder: str = ""

    def best(self) -> str:
        """The title for a list that has no reader: the first language that most readers of marque share."""
        found = chosen(self.titles, "")
        return found[1] if found else ""


def chosen(titles: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """The title for a reader of a language, with the language it is in: the reader's own, else one most can read."""
    own = language.partition("-")[0]
    dialects = sorted(tag for tag in titles if tag.partition("-")[0] == own)
    for tag in (language, own, *dialects, *_FIRST, *sorted(titles)):
        if titles.get(tag):
            return tag, titles[tag]
    return None
