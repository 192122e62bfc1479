"""The words that a program read off a picture, put together to lines by where they stand.

Where text is sparse, the program tears lines apart, so rows are made anew from the words' boxes; they say where to look
again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median_low

_COLUMNS, _WORD = 12, "5"  # of the program's table; the level of its rows that are words
_MOST_WORDS, _LONGEST = 1_000, 200
_SAME_ROW, _APART = 0.5, 1.6  # share of the lower word's height; heights between words of one line


@dataclass(frozen=True, slots=True)
class Word:
    """A word, how sure the program is of it (0 to 100), and its box in the picture's pixels."""

    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """Words in one row, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, apart by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom; up and down by words of several letters: boxes of single ones are too tall."""
        telling = [word for word in self.words if len(word.text) > 1] or list(self.words)
        return (
            min(word.left for word in self.words),
            median_low([word.top for word in telling]),
            max(word.left + word.width for word in self.words),
            median_low([word.top + word.height for word in telling]),
        )

    def confidence(self, start: int, end: int) -> float:
        """The lowest of the words that a stretch of the text touches."""
        at, lowest = 0, 100.0
        for word in self.words:
            if at < end and start < at + len(word.text):
                lowest = min(lowest, word.confidence)
            at += len(word.text) + 1
        return lowest


def rows(table: bytes) -> list[Line]:
    """Lines of a table as the program prints it, top to bottom, made of boxes. Rows that are none are passed over."""
    found: list[list[Word]] = []
    for word in sorted(_words(table), key=lambda word: (word.left, word.top, word.text)):
        row = next((row for row in found if _belongs(Line(tuple(row)).box, word)), None)
        if row is None:
            found.append([word])
        else:
            row.append(word)
    made = [Line(tuple(row)) for row in found]
    return sorted((line for line in made if len(line.text) <= _LONGEST), key=lambda line: (line.box[1], line.box[0]))


def single(table: bytes) -> Line:
    """The words of a picture that is one line, as the program orders them: boxes of letters without spaces overlap."""
    return Line(tuple(islice(_words(table), _MOST_WORDS)))


def _words(table: bytes) -> Iterator[Word]:
    found = 0
    for row in table.decode("utf-8", "replace").splitlines():
        fields = row.split("\t")
        if len(fields) == _COLUMNS and fields[0] == _WORD and fields[11].strip() and found < _MOST_WORDS:
            found += 1
            try:
                left, top, width, height = (int(number) for number in fields[6:10])
                yield Word(" ".join(fields[11].split()), float(fields[10]), left, top, width, height)
            except ValueError:
                continue


def _belongs(row: tuple[int, int, int, int], word: Word) -> bool:
    """Whether a word stands in a row, at its right or within, and near."""
    left, top, right, bottom = row
    small, large = sorted((bottom - top, word.height))
    shared = min(bottom, word.top + word.height) - max(top, word.top)
    return shared > _SAME_ROW * small and left <= word.left < right + _APART * large
