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
        """The title for a list: the first language that most readers of marque share, else the first there is."""
        for language in (*_FIRST, *sorted(self.titles)):
            if language in self.titles:
                return self.titles[language]
        return ""
