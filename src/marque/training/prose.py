"""Invented prose in five languages, to be told apart by what repeats in it: names, stock phrases, habits of speech.

Words follow Zipf's law and have favourite followers; the phrases of a language stand in all of its books, a work's
names in it alone. It resembles prose in how often short runs of letters come back, and in nothing else: it means
nothing.
"""

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

LANGUAGES = ("en", "es", "ko", "ja", "zh")
_WORDS, _FOLLOWERS, _PHRASES = 4_000, 6, 400
_FAVOURITE, _PHRASE, _NAMED = 0.45, 0.06, 0.04  # how often a word is a favourite follower, begins a phrase, is a name
_FUNCTION = {
    "en": "the of and to a in he was that his it had with as her not she for at on you him but be all from they",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o este sí",
    "ko": "그 이 저 것 수 다시 그리고 하지만 그때 아주 너무 더 안 못 잘 또 왜 곧 참 그냥",
    "ja": "そして しかし この その あの もう まだ とても すぐ また それは 彼は 彼女は 私は",
    "zh": "的 了 是 在 不 他 她 我 你 也 就 都 而 又 那 这 说 去 来 着",
}
_AFTER = {
    "ko": ("은", "는", "이", "가", "을", "를", "에", "에서", "의", "도", "로", "했다", "하고", "하는", ""),
    "ja": ("は", "が", "を", "に", "で", "と", "も", "の", "した", "して", "する", "だった", "ている", "から", ""),
}
_SYLLABLES = {
    "en": ("b br c ch d dr f fl g gr h j k l m n p pl r s sh st t th tr w", "a e i o u ea oo ai"),
    "es": ("b c d f g h j l ll m n ñ p qu r s t v br tr cl", "a e i o u á é í ó ie ue"),
}
_CODAS = {"en": ("", "", "n", "t", "r", "s", "l", "ng", "ck", "nd"), "es": ("", "", "", "n", "s", "r", "l", "d")}


@dataclass(frozen=True, slots=True)
class Language:
    """What all books of a language share."""

    name: str
    words: tuple[str, ...]
    weights: tuple[float, ...]  # running totals
    followers: tuple[tuple[int, ...], ...]
    phrases: tuple[tuple[int, ...], ...]

    def draw(self, dice: random.Random) -> int:
        return bisect(self.weights, dice.random() * self.weights[-1])


@cache
def language(name: str, seed: int) -> Language:
    """A language of that likeness, the same for the same seed."""
    dice = dice_of(seed, name)
    invented = dict.fromkeys(_FUNCTION[name].split())
    while len(invented) < _WORDS:
        invented.setdefault(_word(name, dice))
    weights = tuple(accumulate(1 / (rank + 3) for rank in range(_WORDS)))
    bare = Language(name, tuple(invented), weights, (), ())
    followers = tuple(tuple(bare.draw(dice) for _ in range(_FOLLOWERS)) for _ in range(_WORDS))
    phrases = tuple(tuple(bare.draw(dice) for _ in range(dice.randint(3, 6))) for _ in range(_PHRASES))
    return Language(name, bare.words, weights, followers, phrases)


def dice_of(*path: object) -> random.Random:
    """Chance that belongs to a path of names."""
    return random.Random("\x1f".join(map(str, path)))  # noqa: S311 - prose, not a secret


def novel(name: str, seed: int, title: str, length: int) -> str:
    """A work of about so many characters: chapters of paragraphs, with names of its own."""
    tongue, dice = language(name, seed), dice_of(seed, name, title)
    names = [_word(name, dice).capitalize() for _ in range(8)]
    parts: list[str] = []
    written = chapter = 0
    while written < length:
        if len(parts) % 25 == 0:
            chapter += 1
            parts.append(_HEADINGS[name].format(chapter))
        parts.append(paragraph(tongue, dice, names))
        written += len(parts[-1])
    return "\n\n".join(parts)


_HEADINGS = {"en": "Chapter {}", "es": "Capítulo {}", "ko": "제{}장", "ja": "第{}章", "zh": "第{}章"}


def paragraph(tongue: Language, dice: random.Random, names: Sequence[str]) -> str:
    """Three to eight sentences, some of them spoken."""
    joined = "" if tongue.name in ("ja", "zh") else " "
    return joined.join(sentence(tongue, dice, names) for _ in range(dice.randint(3, 8)))


def sentence(tongue: Language, dice: random.Random, names: Sequence[str]) -> str:
    """Six to twenty-four words and a full stop."""
    chosen: list[str] = []
    word = tongue.draw(dice)
    wanted = dice.randint(6, 24)
    while len(chosen) < wanted:
        if dice.random() < _NAMED and names:
            chosen.append(_with(tongue.name, dice.choice(names), dice))
        elif dice.random() < _PHRASE:
            chosen += [tongue.words[each] for each in dice.choice(tongue.phrases)]
        else:
            word = dice.choice(tongue.followers[word]) if dice.random() < _FAVOURITE else tongue.draw(dice)
            chosen.append(_with(tongue.name, tongue.words[word], dice))
    return _written(tongue.name, chosen, dice.random() < 0.2)


def _with(name: str, word: str, dice: random.Random) -> str:
    return word + dice.choice(_AFTER[name]) if name in _AFTER and len(word) < 4 else word


def _written(name: str, words: Sequence[str], spoken: bool) -> str:
    if name in ("ja", "zh"):
        half = len(words) // 2
        text = "".join(words[:half]) + ("、" if name == "ja" else "，") + "".join(words[half:])
        return f"「{text}」" if spoken else text + "。"
    text = " ".join(words)
    text = text[:1].upper() + text[1:] + "."
    return f"“{text}”" if spoken else text


def _word(name: str, dice: random.Random) -> str:
    return _MAKERS[name](name, dice)


def _of_letters(name: str, dice: random.Random) -> str:
    onsets, cores = (each.split() for each in _SYLLABLES[name])
    count = dice.choice((1, 1, 2, 2, 3))
    return "".join(dice.choice(onsets) + dice.choice(cores) + dice.choice(_CODAS[name]) for _ in range(count))


def _hangul(_name: str, dice: random.Random) -> str:
    def syllable() -> str:
        lead, vowel = dice.choice((0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 18)), dice.choice((0, 4, 8, 13, 18, 20, 1, 5))
        return chr(0xAC00 + (lead * 21 + vowel) * 28 + dice.choice((0, 0, 0, 4, 8, 1, 16, 21)))

    return "".join(syllable() for _ in range(dice.choice((1, 2, 2, 3))))


@cache
def characters(count: int) -> tuple[str, ...]:
    """Common Chinese characters: the first level of GB 2312, by row."""
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF))
    return tuple(pair.decode("gb2312") for pair in rows)[:: max(1, 3_600 // count)]


def _japanese(_name: str, dice: random.Random) -> str:
    if dice.random() < 0.15:
        return "".join(chr(0x30A2 + dice.randrange(70)) for _ in range(dice.randint(2, 4)))
    kanji = "".join(dice.choice(characters(900)) for _ in range(dice.choice((1, 1, 2))))
    return kanji + "".join(dice.choice("いうくすつるれりけかしたなみめら") for _ in range(dice.choice((0, 1, 1, 2))))


def _chinese(_name: str, dice: random.Random) -> str:
    return "".join(dice.choice(characters(1_800)) for _ in range(dice.choice((1, 1, 2, 2, 2, 3))))


_MAKERS: dict[str, Callable[[str, random.Random], str]] = {
    "en": _of_letters,
    "es": _of_letters,
    "ko": _hangul,
    "ja": _japanese,
    "zh": _chinese,
}
