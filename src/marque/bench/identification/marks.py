"""Release groups' marks read off drawn pictures, by language: credit cards, marks in a corner, none at all.

Words, faces and looks are none of those that the sizes and rules were chosen with. What is read off drawn pictures need
not be read off a letterer's; a name that is read may still be misread, which counts as wrong here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from marque.bench.identification import marks_material
from marque.bench.identification.marks_material import Marked
from marque.bench.model import Absent, Figure
from marque.errors import WrongUsage
from marque.signals.marks import asked, panels

NAME, KINDS = "identification", ("card", "corner")
NEEDED = "tesseract (Debian: tesseract-ocr with -kor, -jpn and -spa)"


class Tally(NamedTuple):
    """Pictures read, those whose own name alone was read, and those that gave another name."""

    asked: int
    right: int
    wrong: int


def run(seed: int = 1, each: int = 8) -> Iterator[Figure | Absent]:
    """Recall and wrong names a language and a kind of mark, and names read off pictures that carry none."""
    known = languages()
    if not known:
        yield Absent(NAME, "marque", NEEDED)
        return
    for language in marks_material.NAMES:
        if language not in known:
            yield Absent(NAME, f"marque ({language})", NEEDED)
    for kind in KINDS:
        for language in known:
            found = tally(marks_material.marked(kind, language, seed, each), language)
            yield _figure(f"marks: {kind}, {language}", "recall", found.right / found.asked, f"of {found.asked}")
            yield _figure(f"marks: {kind}, {language}", "wrong", found.wrong, f"of {found.asked}")
    for language in known:
        found = tally(marks_material.unmarked(language, seed, 2 * each), language)
        yield _figure(f"marks: none, {language}", "false", found.wrong, f"of {found.asked}")


def languages() -> tuple[str, ...]:
    """The languages of the material that the program here has data for; none where there is no program."""
    try:
        engine = asked.engine()
    except WrongUsage:
        return ()
    return tuple(each for each in marks_material.NAMES if each == "en" or engine.spelled(each) != "eng")


def tally(pictures: Iterator[Marked], language: str) -> Tally:
    """What is read off pictures, held against what was drawn on them."""
    count = right = wrong = 0
    for drawn in pictures:
        read = panels.names_of(drawn.data, language)
        count += 1
        right += bool(drawn.name) and read == (drawn.name,)
        wrong += any(name != drawn.name for name in read)
    return Tally(count, right, wrong)


def _figure(case: str, metric: str, value: float, unit: str) -> Figure:
    return Figure(NAME, "marque", case, metric, round(float(value), 4), unit)
