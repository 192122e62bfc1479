"""Names of sites as people read them: the Unicode form beside the A-label, and a warning where scripts are mixed.

A mixed-script name is no proof of a trick: many honest names mix Latin with their own script.
"""

import unicodedata

import idna

# Scripts that are written together as a matter of course (Unicode TR 39, highly restrictive sets).
_TOGETHER = (frozenset({"HAN", "HIRAGANA", "KATAKANA"}), frozenset({"HAN", "HANGUL"}), frozenset({"HAN", "BOPOMOFO"}))
# Letters of other scripts that are drawn like Latin ones (a choice from Unicode TR 39 as of version 16, 2024).
_LATIN_LOOKING = frozenset("асԁеһіјӏорԛѕԝхуѵɡαοριυνκνաօսոհցԍ")
_SCRIPTS = {
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "ARMENIAN",
    "GEORGIAN", "THAI", "DEVANAGARI", "CHEROKEE",
}  # fmt: skip


def display(site: str) -> str:
    """The Unicode form of a site's name; the name itself where it has none or is damaged."""
    host, slash, path = site.partition("/")
    if "xn--" not in host:
        return site
    return ".".join(_label(label) for label in host.split(".")) + slash + path


def _label(label: str) -> str:
    try:
        return idna.decode(label) if label.startswith("xn--") else label
    except (idna.IDNAError, UnicodeError):
        return label


def scripts(text: str) -> str:
    """What is odd about the letters of a name: scripts mixed that are not written together, or all of one script
    that reads as Latin; "" for a plain name."""
    for label in text.partition("/")[0].split("."):
        if len(label) > 1 and all(character in _LATIN_LOOKING or not character.isalpha() for character in label):
            odd = sorted({_script(character).capitalize() for character in label if character.isalpha()})
            if odd:
                return f"{' + '.join(odd)} ≈ Latin"
        found = {script for character in label if (script := _script(character))}
        if len(found) > 1 and not any(found <= allowed for allowed in _TOGETHER):
            return " + ".join(sorted(name.capitalize() for name in found))
    return ""


def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    first = unicodedata.name(character, "").split(" ", 1)[0]
    if first == "CJK":
        return "HAN"
    return first if first in _SCRIPTS else ""


def fold(text: str) -> str:
    """Text as search compares it: compatibility forms and case folded away, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold().split())
