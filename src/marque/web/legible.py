"""Text of strangers made safe to read: what would act on the reader's eye is shown by number, what is long is cut.

A letter that only looks like another is still shown as it is; the warning about mixed scripts stands beside it.
"""

# Characters that turn, hide or join what follows them, so that a name reads as another.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDING = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
_BREAKING = frozenset("\u2028\u2029")
_JOINING = frozenset("\u200c\u200d")  # needed in Persian and in scripts of India, where they stand between letters
_MARKS = 3  # more signs than this on one letter climb out of their line


def legible(text: str) -> str:
    """One line of text in which nothing acts: control characters as pictures, direction marks by number."""
    found: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MARKS:
            found.append(_shown(character))
    return "".join(found)


def _is_mark(character: str) -> bool:
    number = ord(character)
    return 0x0300 <= number <= 0x036F or 0x0483 <= number <= 0x0489 or 0x1AB0 <= number <= 0x1AFF


def _shown(character: str) -> str:
    number = ord(character)
    if character in "\n\t\r":
        return " "
    if number < 0x20:
        return chr(0x2400 + number)
    if character in _JOINING:
        return character
    if acts(character):
        return f"⟨U+{number:04X}⟩"
    return character


def acts(character: str) -> bool:
    """Whether a character does something to its neighbours instead of being read."""
    number = ord(character)
    hidden = character in _TURNING or character in _HIDING or character in _BREAKING
    return hidden or 0x7F <= number <= 0x9F or 0xD800 <= number <= 0xDFFF or 0xE0000 <= number <= 0xE0FFF


def cut(text: str, most: int) -> str:
    """Text of at most so many characters, its end shown as cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def middle(name: str, most: int) -> str:
    """A name cut in the middle, never at the end: a domain's end says whose it is."""
    shown = legible(name[: 4 * most] + name[-4 * most :] if len(name) > 8 * most else name)
    if len(shown) <= most:
        return shown
    end = (most - 1) * 2 // 3
    return f"{shown[: most - 1 - end]}…{shown[-end:]}"
