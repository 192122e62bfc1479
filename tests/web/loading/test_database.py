"""The embedded file: made once, made again when its layout is old, without a bystander's value in it."""

import sqlite3
from pathlib import Path

import pytest

from marque.web import catalogue
from marque.web.loading import database
from tests.web import world


def prepared(made: world.World, cache: Path) -> Path:
    return database.prepare(cache, made.run, catalogue.titles(made.catalogue))


def test_counts_agree_with_the_tables(made: world.World, tmp_path: Path) -> None:
    with sqlite3.connect(prepared(made, tmp_path)) as found:
        for table, rows in (("record", "records"), ("sighting", "sightings"), ("link", "links"), ("match", "matches")):
            assert found.execute(f"SELECT COUNT(*) FROM web_{table}").fetchone()[0] == len(made.rows[rows])
        signals = found.execute("SELECT sites FROM web_signal WHERE kind = 'crypto-address'").fetchall()
        assert signals == [(5,)] * 5
    found.close()


def test_a_bystander_is_nowhere_in_the_file(made: world.World, tmp_path: Path) -> None:
    assert world.BYSTANDER.encode() not in prepared(made, tmp_path).read_bytes()


def test_it_is_made_once_and_again_when_old_or_broken(made: world.World, tmp_path: Path) -> None:
    place = prepared(made, tmp_path)
    first = place.stat().st_ino
    assert prepared(made, tmp_path).stat().st_ino == first
    with sqlite3.connect(place) as found:
        found.execute("PRAGMA user_version=0")
    found.close()
    second = prepared(made, tmp_path).stat().st_ino
    assert second != first
    place.write_bytes(b"nonsense")
    assert prepared(made, tmp_path).stat().st_size > 10_000


def test_a_failed_load_leaves_nothing_behind(made: world.World, tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.prepare(tmp_path, made.run, {}, stop)
    assert list(tmp_path.iterdir()) == []
