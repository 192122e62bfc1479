"""How much of a world's planted truth a run found, and what it claimed wrongly.

The figures hold for this synthetic world alone: they say nothing about real sites.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import east_asian_width

from marque.errors import InputRefused, WrongUsage
from marque.training import marks_networks, marks_pages
from marque.training.marks import Mark, Run
from marque.training.truth import FORMAT
from marque.words import say

QUESTIONS = (
    marks_pages.verdicts,
    marks_pages.signals,
    marks_pages.bystanders,
    marks_pages.works,
    marks_pages.licensed,
    marks_pages.lawful,
    marks_networks.links,
    marks_networks.networks,
    marks_networks.decoys,
    marks_networks.slip,
    marks_networks.successors,
    marks_networks.services,
    marks_networks.flows,
)


def mark(world: Path, run: Path) -> list[Mark]:
    """Every question, in order, asked of the tables in a run's folder."""
    path = world / "truth.json"
    if not path.is_file():
        raise WrongUsage("training.truth-missing", path=str(path))
    try:
        truth = json.loads(path.read_text("utf-8"))
        known = truth["format"] == FORMAT
    except (ValueError, KeyError, TypeError) as reason:
        raise InputRefused("training.truth-unreadable", path=str(path)) from reason
    if not known:
        raise InputRefused("training.truth-unreadable", path=str(path))
    asked = Run(run)
    return [answer for question in QUESTIONS for answer in question(truth, asked)]


def lines(marks: Iterable[Mark], language: str = "en") -> Iterator[str]:
    """The truth table for people: a heading, one line a question, and what the figures do not prove."""
    rows = [(question(row, language), _share(row.found, row.planted), wrongly(row, language)) for row in marks]
    heads = tuple(say(f"training.mark.{name}", language) for name in ("question", "found", "wrong"))
    wide = [max(_cells(row[at]) for row in (*rows, heads)) for at in (0, 1)]
    for asked, found, wrong in (heads, *rows):
        yield f"{asked}{' ' * (wide[0] - _cells(asked))}  {' ' * (wide[1] - _cells(found))}{found}  {wrong}"
    yield say("training.mark.limit", language)


def _cells(text: str) -> int:
    """How wide a terminal shows it: Korean and Japanese letters take two cells."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def question(row: Mark, language: str) -> str:
    """What was asked; the works are asked once a language."""
    name, _, part = row.question.partition("-")
    if name == "works" and len(part) == 2:
        return say("training.mark.works-in", language, language=part)
    return say(f"training.mark.{row.question}", language)


def _share(found: int, planted: int) -> str:
    return f"{found} / {planted}" if planted else "-"


def wrongly(row: Mark, language: str) -> str:
    """The wrong claims of all chances; where there was none, how many there may still be (rule of three)."""
    if not row.of:
        return "-"
    if row.wrong:
        return say("training.mark.some", language, wrong=row.wrong, of=row.of)
    most = min(1000, -(-3000 // row.of))
    return say("training.mark.none", language, of=row.of, most=f"{most // 10}.{most % 10}")
