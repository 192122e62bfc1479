"""Whether marks are to be read off pictures, and with what: off unless `MARQUE_OCR=1` is set.

Reading takes a second or two a picture and needs a program that marque does not bring: Tesseract (Apache-2.0; Debian's
tesseract-ocr and its language packages). Another version of it, or other language data, may read another thing; so both
enter the name under which results are kept.
"""

import os
import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marque.digest import canonical_json, sha256, sha256_stream
from marque.errors import WrongUsage
from marque.signals.marks import running
from marque.signals.rows import records

SETTING, PROGRAM = "MARQUE_OCR", "tesseract"
VERSION = 2  # of how marque prepares pictures and reads names from lines
_LISTED = re.compile(r'"([^"\n]+)"')
_LATIN = "eng"  # names are often in Latin letters, whatever the page is written in


@dataclass(frozen=True, slots=True)
class Engine:
    """The program at hand: its path, the language data it has, and a digest of what it is."""

    program: str
    languages: frozenset[str]
    digest: str

    def spelled(self, language: str) -> str:
        """The program's name for the language data to read a page of this language with."""
        own, latin = _data().get(language, (_LATIN, True))
        if own not in self.languages:
            return _LATIN
        return own if latin else f"{own}+{_LATIN}"


def asked() -> bool:
    """Whether somebody asked for marks to be read."""
    return os.environ.get(SETTING, "") not in ("", "0")


@cache
def engine() -> Engine:
    """The program that reads. Raises where it was asked for and is not there: silence would pass for "no marks"."""
    program = shutil.which(PROGRAM)
    said = running.output(program, "--list-langs") if program else None
    first, *names = (said or b"").decode("utf-8", "replace").splitlines() or [""]
    if program is None or _LATIN not in names:
        raise WrongUsage("signals.ocr-absent", program=PROGRAM)
    folder = _LISTED.search(first)
    version = (running.output(program, "--version") or b"").split(b"\n", 1)[0].decode("utf-8", "replace")
    data = [[name, _digest(Path(folder[1]) / f"{name}.traineddata") if folder else ""] for name in sorted(names)]
    return Engine(program, frozenset(names), sha256(canonical_json([VERSION, version, data])))


def named() -> str:
    """What to add to the name of results that were made with reading; "" where nobody asked for it.

    Never fails, because names are made up early: whoever begins the work asks for the engine and hears what is wrong.
    """
    if not asked():
        return ""
    try:
        return f"-marks-{engine().digest[:8]}"
    except WrongUsage:
        return "-marks-absent"


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return sha256_stream(stream)[0]
    except OSError:
        return ""


@cache
def _data() -> dict[str, tuple[str, bool]]:
    """By language: the program's name for it, and whether it is written in Latin letters."""
    return {line["language"]: (line["data"], line["latin"] == "yes") for line in records("ocr_languages")}
