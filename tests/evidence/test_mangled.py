"""Workspaces mangled at random: verify names it, opening refuses it or not, and neither ever falls over."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from marque.errors import MarqueError
from marque.runs.workspace import Workspace
from tests.evidence import samples
from tests.evidence.test_verify import seal, sealed_files, status

TRIALS = 60
Mangle = Callable[[Path, random.Random, list[Path]], None]


def _garbage(path: Path, chance: random.Random, _: list[Path]) -> None:
    path.write_bytes(chance.randbytes(chance.randint(0, 400)))


def _overwrite(path: Path, chance: random.Random, _: list[Path]) -> None:
    data = bytearray(path.read_bytes() or b"x")
    start = chance.randrange(len(data))
    data[start : start + 8] = chance.randbytes(8)
    path.write_bytes(data)


def _swap(path: Path, chance: random.Random, others: list[Path]) -> None:
    """With a file that holds something else."""
    other = chance.choice([each for each in others if each.read_bytes() != path.read_bytes()])
    other.chmod(0o644)
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


def _into_folder(path: Path, *_: object) -> None:
    path.unlink()
    path.mkdir()


def _into_loop(path: Path, *_: object) -> None:
    path.unlink()
    path.symlink_to(path)


def _into_pipe(path: Path, *_: object) -> None:
    path.unlink()
    os.mkfifo(path)


def _doubled(path: Path, *_: object) -> None:
    path.write_bytes(path.read_bytes() * 2)


MANGLES: tuple[Mangle, ...] = (_garbage, _overwrite, _swap, _into_folder, _into_loop, _into_pipe, _doubled)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("original")
    folder = Workspace.init(base / "case").folder
    (base / "a.warc").write_bytes(samples.warc(samples.page(1)))
    seal(folder, base / "a.warc", samples.saved_page(base / "c.html"))
    return folder


def test_whatever_is_done_to_it_is_named(original: Path, tmp_path: Path) -> None:
    missed = []
    for seed in range(TRIALS):
        chance = random.Random(seed)
        case = Path(shutil.copytree(original, tmp_path / str(seed)))
        files = [path for path in sealed_files(case) if path.name != "workspace.json"]
        path, mangle = chance.choice(files), chance.choice(MANGLES)
        path.chmod(0o644)
        mangle(path, chance, files)
        gone = "derived" in path.parts and not path.is_file()  # a result that is not there is worked out again
        if status(case) == 0 and not gone:
            missed.append(f"{seed}: {mangle.__name__} {path.name}")
        try:
            with Workspace.writing(case, "test") as opened:
                opened.vault.captures()
        except MarqueError:
            pass
        shutil.rmtree(case)
    assert missed == []
