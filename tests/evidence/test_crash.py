"""Ingest stopped in every way at every step: nothing acknowledged is lost, nothing half is visible, a second run ends.

The figures are printed. `MARQUE_SWEEP=full` runs the long form: every fault at every step, ten losses of power a step,
1,000 kills.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SWEEPS = [
    pytest.param("failing", "I/O error, full disk, short write and kill at every step", id="every step"),
    pytest.param("syncs", "every fsync failing", id="every fsync"),
    pytest.param("power", "loss of power at every step, unsynced data gone or torn", id="loss of power"),
    pytest.param("sizes", "file size limits", id="size limits"),
    pytest.param("kills", "kill -9 at random moments", id="random kills"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("sweep", "words"), SWEEPS)
def test_nothing_acknowledged_is_lost(sweep: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.evidence.trials", sweep],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    figures = json.loads(done.stdout)
    trials, acknowledged = figures["trials"], figures["acknowledged"]
    with capsys.disabled():
        print(
            f"\n{words}: {trials} trials, {figures['stopped']} stopped half-way, {acknowledged} acknowledged before; "
            f"lost or half visible {len(figures['lost']) + len(figures['half'])} of {trials} "
            f"(at most {3 / trials:.2%} at 95 %)"
        )
    assert figures["stopped"] > trials // 3
    for fault in ("lost", "half", "invalid", "unfinished"):
        assert figures[fault] == [], fault
