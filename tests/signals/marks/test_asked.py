"""Off unless asked for; loud where it was asked for and cannot be done."""

from pathlib import Path

import pytest

from marque.errors import WrongUsage
from marque.signals.marks import asked
from marque.words import known
from tests.signals.marks.reader import installed


def test_nobody_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "0"):
        monkeypatch.setenv(asked.SETTING, value)
        assert not asked.asked()
        assert asked.named() == ""
    monkeypatch.delenv(asked.SETTING)
    assert asked.named() == ""


def test_asked_for_and_absent_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(asked.SETTING, "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    asked.engine.cache_clear()
    assert asked.named() == "-marks-absent"
    with pytest.raises(WrongUsage) as refusal:
        asked.engine()
    assert refusal.value.code == "signals.ocr-absent"
    assert all(known(f"signals.ocr-absent{end}", language) for end in ("", ".advice") for language in ("en", "ko"))


def test_results_are_kept_by_program_and_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = []
    for version in ("5.3.0", "5.3.1", "5.3.0"):
        installed(monkeypatch, tmp_path, [], version)
        names.append(asked.named())
    assert names[0].startswith("-marks-")
    assert names[0] == names[2] != names[1]


def test_data_by_the_page_s_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed(monkeypatch, tmp_path, [])
    spelled = asked.engine().spelled
    assert [spelled(each) for each in ("ko", "es", "fr", "en", "xx")] == ["kor+eng", "spa", "eng", "eng", "eng"]
