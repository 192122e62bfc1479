"""The benchmark of signals: a crawl that a seed repeats, and rows that name what is missing."""

import importlib.util
from pathlib import Path

import pytest

from marque.bench import signals
from marque.bench.corpus import write
from marque.bench.model import Absent, Figure


def test_a_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        write(tmp_path / name, seed, pages=2, scripts=1, pictures=1)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()


def test_absent_peers_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "PEERS", (("floor", print, ("no_such_library",)),))
    crawl = tmp_path / "crawl.warc.gz"
    write(crawl, 1, pages=1, scripts=0, pictures=0)
    rows = list(signals.run(crawl))
    assert rows[0] == Absent("signals", "floor", "no_such_library")
    assert {row.metric for row in rows if isinstance(row, Figure)} == {"cpu", "start-up", "throughput"}


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("fastwarc") is None, reason="needs requirements-bench.txt")
def test_ratio_to_the_floor_is_given(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    write(crawl, 1, pages=4, scripts=1, pictures=0)
    rows = [row for row in signals.run(crawl) if isinstance(row, Figure) and row.subject == "marque"]
    assert "ratio_to_floor" in {row.metric for row in rows}
