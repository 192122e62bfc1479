"""Credit lines in the text of pages: what a row of the one pass finds, and whom such a line names.

The pass looks for a label with a colon or the end of an element behind it, or for one that needs neither ("translated
by"). What stands behind it, up to the next element, is read by the rules for marks on pictures, and more strictly. A
name says who made a release; those who re-post it leave the credit in.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from marque.signals.marks.groups import KIND, written_behind
from marque.signals.marks.vocabulary import bare, even, languages_of, of, unspaced
from marque.signals.rows import Match, Row

VENDOR = "credits"
_LONGEST, _REACH = 160, 1_024  # bytes of a line; from its label to its end, with elements between
_COLON, _SPACE = rb"(?::|\xef\xbc\x9a)", rb"(?:\s|&nbsp;|\xc2\xa0|\xe3\x80\x80)"
_TAG = rb"<[^<>]{1,80}>"
_APART = rb"(?:\s{1,60}|%s|%s|%s){0,6}" % (_SPACE, _TAG, _COLON)
# What stands behind a label, by whether it is written with spaces. Literals are quick to look for; expressions are not.
_ENDS = {False: (":", " :", "\u00a0:", "&nbsp;:", "<"), True: (":", " :", "：", "<", " <")}
_REST = rb"([^<>\n]{1,%d})" % _LONGEST


def row() -> Row:
    """The row of the one pass: its literals are the labels, each with what must stand behind it."""
    by, marked = _written()
    literals = [form for word in by for form in _forms(word)]
    literals += [form + end for word in marked for form in _forms(word) for end in _ENDS[unspaced(word)]]
    triggers = tuple(dict.fromkeys(literal.encode().lower() for literal in literals))  # of ASCII letters only
    either = [b"|".join(map(_spelled, words)) for words in (by, marked)]
    pattern = b"(?i:(%s)(?:%s|%s|%s)|(%s)%s{0,2}(?:%s|%s))%s%s" % (
        *(either[0], _SPACE, _TAG, _COLON),
        *(either[1], _SPACE, _TAG, _COLON),
        *(_APART, _REST),
    )
    return Row(KIND, VENDOR, triggers, pattern, "{2}", "group", _REACH)


def groups(match: Match) -> Iterator[str]:
    """The groups that a matched line names, behind its first label and behind others in it."""
    label, other, rest = ((part or b"").decode("utf-8", "replace") for part in match.groups[1:4])
    if len(match.groups[3] or b"") == _LONGEST:
        rest = rest.rpartition(" ")[0]  # the last word may be cut
    line = even(html.unescape(f"{label or other}: {rest}"))
    found = list(_label().finditer(line))
    for this, following in pairwise([*found, None]):
        if this is not None:
            until = following.start() if following else len(line)
            own = bare(this[1]) in _own()
            value = written_behind(line[this.end() : until], languages_of(this[1]), own=own)
            if value:
                yield value


def _forms(word: str) -> tuple[str, ...]:
    """A literal's spellings; the pass knows the two cases of ASCII letters, and the others are bytes to it."""
    return tuple(dict.fromkeys((word.lower(), word.capitalize(), word.upper()) if not word.isascii() else (word,)))


def _spelled(word: str) -> bytes:
    """A word as an expression over the bytes of UTF-8."""
    edge = rb"\b" if word[0].isascii() else b""
    return edge + b"(?:%s)" % b"|".join(re.escape(form.encode()) for form in _forms(word))


@cache
def _written() -> tuple[list[str], list[str]]:
    """Labels that need no mark behind them, and the others; the longest first."""
    labels = {word.rstrip(":") for use in ("own", "own-drawn", "role") for word in of(use)}
    by = {word for word in labels if _ends_itself(word)}
    by_length = [sorted(words, key=lambda word: (-len(word), word)) for words in (by, labels - by)]
    return by_length[0], by_length[1]


def _ends_itself(label: str) -> bool:
    return any(label.endswith(end if unspaced(end) else f" {end}") for end in of("by"))


@cache
def _own() -> frozenset[str]:
    return frozenset(map(bare, of("own")))


@cache
def _label() -> re.Pattern[str]:
    by, marked = ("|".join(map(re.escape, words)) for words in _written())
    return re.compile(rf"(?:^|(?<=[\s|•·*/,;(\[【「-]))({by}|(?:{marked})(?=\s*:))\s*:?\s*", re.IGNORECASE)
