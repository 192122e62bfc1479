"""The peer is asked where it is installed, is named where it is not, and its failures are nothing found."""

from pathlib import Path

import numpy as np
import pytest

from marque.bench.identification import audio_fpcalc
from marque.bench.identification.audio_material import RATE
from marque.bench.model import Absent

SOUND = np.zeros((RATE, 2), np.float32)


def program(folder: Path, script: str) -> str:
    path = folder / "fpcalc"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_absent_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(audio_fpcalc.figures("case", [SOUND], (), 1, 1)) == [Absent("identification", "fpcalc", "fpcalc")]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("""echo '{"duration": 1, "fingerprint": [1, 4294967295]}'""", [1, 0xFFFFFFFF], id="answers"),
        pytest.param("exit 3", [], id="fails"),
        pytest.param("echo nonsense", [], id="says nonsense"),
        pytest.param("sleep 9", [], id="takes too long"),
    ],
)
def test_what_the_program_says(script: str, words: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(audio_fpcalc, "SECONDS", 1.0)
    assert audio_fpcalc.fingerprint(program(tmp_path, script), SOUND).tolist() == words


def test_the_best_offset_decides() -> None:
    whole = np.random.default_rng(1).integers(0, 1 << 32, 50, np.uint32)
    assert audio_fpcalc.alike(whole[20:30], whole) == 1.0
    assert audio_fpcalc.alike(whole[20:30] ^ np.uint32(3), whole) == pytest.approx(1 - 2 / 32)
    assert audio_fpcalc.alike(whole, whole[:10]) == 0.0
