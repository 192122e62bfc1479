"""Codes and parameters to text in a language. Nothing else in marque writes sentences for people.

A code is the msgid of a gettext catalogue: `locale/<language>/LC_MESSAGES/<domain>.po`, compiled to `.mo` beside it
by `bin/words`. The domain is the part of the code before the first dot, so that each package keeps its own file.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ko")
FALLBACK = "en"


@cache
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, LOCALES, [language], fallback=True)


def known(code: str, language: str = FALLBACK) -> bool:
    """Whether the language has a text for the code."""
    return _catalogue(code.partition(".")[0], language).gettext(code) != code


@cache
def spoken() -> str:
    """The language of whoever sits at the terminal, as the usual variables say it; results never depend on it."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next((value for value in named if value), "").partition("_")[0].partition(".")[0]
    return language if language in LANGUAGES else FALLBACK


def say(code: str, language: str | None = None, /, **params: object) -> str:
    """The text of `code` in a language, else in that of the terminal, with `{name}` filled from `params`.

    An unknown code comes back as itself with its parameters: an operator must see what happened even where a
    catalogue has a gap (a test makes sure that none has).
    """
    for candidate in (language or spoken(), FALLBACK):
        if known(code, candidate):
            text = _catalogue(code.partition(".")[0], candidate).gettext(code)
            return text.format_map(_Gaps(params))
    return " ".join([code, *(f"{name}={value}" for name, value in sorted(params.items()))])


class _Gaps(dict[str, object]):
    """A missing parameter shows as its name instead of hiding the whole sentence."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__(params)

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
