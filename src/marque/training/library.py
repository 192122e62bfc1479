"""The invented works: titles, holders, and where their panels come from."""

import json
from dataclasses import dataclass
from functools import cache

from marque.training.cast import DATA

UNITS = ("1", "2")
PANELS = 6


@dataclass(frozen=True, slots=True)
class Work:
    """A work, in the languages it is lettered in. The first is the one it was made in."""

    key: str
    titles: dict[str, str]
    holder: str
    known: bool
    style: int
    languages: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in self.title("en").lower())
        return "-".join(part for part in plain.split("-") if part)

    def title(self, language: str) -> str:
        """Its title as a site of that language writes it."""
        return self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()))

    def lettering(self, language: str) -> str:
        """The language its balloons have on a site of that language."""
        if language in self.languages:
            return language
        return "en" if "en" in self.languages else self.languages[0]

    def panels(self, unit: str) -> list[int]:
        """Numbers of the panels of a unit; no two panels of a work have one number."""
        first = (int(unit) - 1) * PANELS
        return list(range(first, first + PANELS))


@cache
def works() -> tuple[Work, ...]:
    """All of them."""
    rows = json.loads((DATA / "works.json").read_text("utf-8"))
    return tuple(
        Work(row["work"], row["titles"], row["holder"], row["known"], row["style"], tuple(row["languages"]))
        for row in rows
    )


def carried(language: str) -> list[Work]:
    """The works a site of that language can offer."""
    wanted = "en" if language == "ar" else language
    return [work for work in works() if wanted in work.languages]
