"""`marque signals`: the contract's columns as JSON lines, and damage named with exit 1."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

from marque.bench.corpus import write
from marque.signals.model import SIGHTINGS


def run(*paths: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "marque.cli", "signals", *map(str, paths)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_lines_have_the_columns_of_the_table(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    write(crawl, 1, pages=3, scripts=1, pictures=1)
    done = run(crawl)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(SIGHTINGS.names))}
    assert {"google-analytics", "chat-handle", "page-theme"} <= {row["kind"] for row in rows}
    assert {row["time"] for row in rows} == {"2026-09-07T00:00:00Z"}
    assert run(crawl).stdout == done.stdout


def test_damage_is_named_and_ends_with_one(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    write(crawl, 1, pages=3, scripts=0, pictures=0)
    crawl.write_bytes(crawl.read_bytes()[:-900])
    done = run(crawl)
    assert done.returncode == 1
    assert "crawl.warc.gz" in done.stderr
    assert done.stdout


def test_what_is_no_capture_is_refused_and_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    other = tmp_path / "notes.bin"
    other.write_bytes(gzip.compress(b"\0\1\2"))
    assert run(other).returncode == 1
    assert run(tmp_path / "nothing").returncode == 2
