"""A program that stands for Tesseract: it prints a table of our own for any picture, so few tests need the real one."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from marque.signals.marks import asked, panels

_SCRIPT = """#!/bin/sh
case "$1" in
--list-langs) echo 'List of available languages in "{folder}/" (3):'; echo eng; echo kor; echo spa;;
--version) echo tesseract {version};;
*) printf {table};;
esac
"""


def installed(
    monkeypatch: pytest.MonkeyPatch, folder: Path, said: Sequence[tuple[str, float]], version: str = "5"
) -> None:
    """Install it, saying these words with these confidences in one row, and ask for marks."""
    words = [
        f"5\\t1\\t1\\t1\\t1\\t{at}\\t{100 * at}\\t20\\t90\\t24\\t{sure}\\t{text}\\n"
        for at, (text, sure) in enumerate(said)
    ]
    path = folder / "tesseract"
    table = shlex.quote("level\\n" + "".join(words))
    path.write_text(_SCRIPT.format(folder=folder, version=version, table=table), "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv(asked.SETTING, "1")
    monkeypatch.setenv("PATH", str(folder))
    forget()


def forget() -> None:
    """What was found out about an earlier program."""
    asked.engine.cache_clear()
    panels.names_of.cache_clear()
