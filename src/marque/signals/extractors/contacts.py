"""E-mail addresses, chats and social accounts. A link to an account is no proof that the site runs it."""

from collections.abc import Iterator, Sequence
from functools import cache

import re2

from marque.signals.checks import mail
from marque.signals.checks.forms import canonical, ignored
from marque.signals.hits import BYSTANDER, Hit
from marque.signals.rows import Match, load, options, records
from marque.signals.subject import SCRIPT, Subject

ROWS = load("contacts")
_LOOK_BACK, _LOOK_ON = 48, 24
# Where a string literal begins: in a script, a contact outside of one is an author's in a licence comment.
_LITERAL = re2.compile(rb"[\"'`](?:mailto:|https?:)?(?:\\?/\\?/)?(?:[a-z]{1,6}\.)?[\"'`]?$", options())
# A single post, quoted or embedded: whoever wrote it is rarely who runs the site.
_POST = re2.compile(
    rb"^\\?/(?:status(?:es)?|posts|photos?|videos?|reel|permalink|events|moments|i/web)\b|^\?(?:text|url|u)=", options()
)


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Contacts as the site's own, unless the words before the link credit somebody else's work."""
    for match in matches:
        value = _value(match)
        if value is None or not _meant(subject, match):
            continue
        quoted = bool(_POST.search(subject.text[match.end : match.end + _LOOK_ON]))
        role = BYSTANDER if quoted or _credited(subject, match) else None
        yield Hit(match.row.kind, value, match.start, match.end, role)


def _value(match: Match) -> str | None:
    if match.row.kind == "email":
        found = mail.email(match.value())
        return None if found is None or ignored("email", found) else found
    return canonical(match.row.kind, match.value(), match.row.check)


def _meant(subject: Subject, match: Match) -> bool:
    """Whether the bytes are content and not part of the software: `<name@host>` stands in source comments only."""
    before = subject.text[max(0, match.start - _LOOK_BACK) : match.start]
    if match.row.kind == "email" and before.endswith((b"<", b"/", b"=")):
        return False
    return subject.form != SCRIPT or bool(_LITERAL.search(before)) or match.row.vendor == "github"


def _credited(subject: Subject, match: Match) -> bool:
    before = subject.text[max(0, match.start - 160) : match.start].lower()
    return any(words in before for words in _credit_words()) and bool(_credits().search(before))


@cache
def _credit_words() -> tuple[bytes, ...]:
    return tuple(line["words"].encode() for line in records("credits"))


@cache
def _credits() -> "re2._Regexp":
    """Words that credit a theme's or a builder's author, right before the link and nothing but markup between."""
    words = b"|".join(map(re2.escape, _credit_words()))
    return re2.compile(
        rb"(?:" + words + rb")\W{0,4}(?:<[^<>]{0,120}>|[^<>]{0,24}|<[^<>]{0,120}$)?(?:<[^<>]{0,140})?$", options()
    )
