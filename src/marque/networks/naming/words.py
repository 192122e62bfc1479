"""Common words in names: what describes an offer and is nobody's brand, from a dated list and from the input itself.

Which names are common is measured first: a run of letters that opens or closes many unlike names is a word, whatever
the language. The list (`words.csv`) helps where the input is small. A rare word proves no brand.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

MOST = 50_000  # names that words are counted over; of more, a fixed choice
SHORTEST, LONGEST = 4, 12
LEFT = 3  # letters that must be left of a name beside a word
FEW, SHARE = 8, 400  # a word stands in at least so many names, and in one of so many
SURE = 0.3  # of the names with all but its last letter, the share that must have the word whole
SPREAD = 0.5  # the most that one letter more may keep: a word is followed by many


@dataclass(frozen=True, slots=True)
class Words:
    """Words that open names, and words that close them."""

    opening: frozenset[str]
    closing: frozenset[str]

    def core(self, stem: str) -> str:
        """The stem without common words at either end; the stem itself where too little would be left."""
        for _ in range(4):
            shorter = self._closed(self._opened(stem))
            if shorter == stem:
                break
            stem = shorter
        return stem

    def plain(self, stem: str) -> bool:
        """Whether a stem is nothing but common words."""
        reached = [True] + [False] * len(stem)
        for end in range(1, len(stem) + 1):
            starts = range(max(0, end - LONGEST), end - 1)
            reached[end] = any(reached[start] and self._word(stem[start:end]) for start in starts)
        return reached[-1]

    def leads_round(self, stem: str) -> bool:
        """Whether a name says no more than that it leads round a block: such an address serves many offers."""
        for word, most in ways_round():
            rest = stem.removeprefix(word) if stem.startswith(word) else stem.removesuffix(word)
            if rest != stem and (len(rest) <= most or self.plain(rest)):
                return True
        return False

    def _word(self, part: str) -> bool:
        return part in self.opening or part in self.closing

    def _opened(self, stem: str) -> str:
        for length in _lengths(stem):
            if stem[:length] in self.opening:
                return stem[length:]
        return stem

    def _closed(self, stem: str) -> str:
        for length in _lengths(stem):
            if stem[-length:] in self.closing:
                return stem[:-length]
        return stem


def _lengths(stem: str) -> Iterator[int]:
    """Lengths that may be taken off, the longest first. Two Latin letters are a word only before a long rest."""
    latin = stem.isascii()
    for length in range(min(LONGEST, len(stem) - (LEFT if latin else 2)), 1, -1):
        if length > 2 or not latin or len(stem) - length >= 5:
            yield length


@cache
def known() -> Words:
    """The words of the list alone."""
    text = (files("marque.networks.naming") / "words.csv").read_text("utf-8")
    words = frozenset(row["word"] for row in csv.DictReader(text.splitlines()))
    return Words(words, words)


@cache
def ways_round() -> tuple[tuple[str, int], ...]:
    """The words of the list that promise a way round a block, and how many letters beside them make no brand.

    Beside `mirror` or `proxy` two letters may be one: an offer has mirrors of its own.
    """
    text = (files("marque.networks.naming") / "words.csv").read_text("utf-8")
    most = {"way round": LEFT, "mirror": 0}
    rows = csv.DictReader(text.splitlines())
    return tuple((row["word"], most[row["about"]]) for row in rows if row["about"] in most)


def measured(stems: Iterable[str]) -> Words:
    """The list's words and those that the distinct stems of an input show."""
    whole = sorted({stem for stem in stems if len(stem) > LEFT})
    if len(whole) > MOST:
        whole = sorted(sorted(whole, key=lambda stem: (crc32(stem.encode()), stem))[:MOST])
    opening, closing = Counter[str](), Counter[str]()
    for stem in whole:
        for length in range(LEFT, min(LONGEST, len(stem) - LEFT) + 1):
            opening[stem[:length]] += 1
            closing[stem[-length:]] += 1
    least = max(FEW, len(whole) // SHARE)
    listed = known()
    return Words(
        listed.opening | _frequent(opening, least, lambda word: word[:-1]),
        listed.closing | _frequent(closing, least, lambda word: word[1:]),
    )


def _frequent(counts: Counter[str], least: int, shorter: Callable[[str], str]) -> frozenset[str]:
    """Runs that end where a word ends: nearly all that begin so go on to its last letter, and then go apart."""
    longer: dict[str, int] = {}
    for word, count in counts.items():
        before = shorter(word)
        longer[before] = max(longer.get(before, 0), count)
    return frozenset(
        word
        for word, count in counts.items()
        if len(word) >= SHORTEST
        and count >= least
        and longer.get(word, 0) <= SPREAD * count
        and count >= SURE * counts[shorter(word)]
    )
