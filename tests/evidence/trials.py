"""Ingest stopped in a process of its own, then judged: what a crash may and may not leave behind.

Run as `python -m tests.evidence.trials NAME`; prints one JSON object of figures. A process of its own, because each
trial forks, and a test runner with threads must not.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from marque.errors import StoreFailure
from marque.evidence.derive import Shelf
from marque.evidence.findings import exit_status
from marque.evidence.ingest import Sealer, ingest
from marque.evidence.vault import INCOMING
from marque.evidence.verify import verify
from marque.runs.workspace import Workspace, read_origin
from tests.evidence import samples
from tests.evidence.faults import FAULTS, FailingFiles
from tests.evidence.powerloss import ForgetfulFiles, PowerLoss

MEMORY = Path("/dev/shm")
FULL = os.environ.get("MARQUE_SWEEP") == "full"  # the nightly form: every fault at every step, 1,000 kills


@dataclass
class Figures:
    """What all trials of one kind came to. Every list but the first two numbers should stay empty."""

    trials: int = 0
    stopped: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """A workspace with one capture sealed before, and files to ingest."""

    root: Path
    base: Path
    source: Path

    @property
    def case(self) -> Path:
        return self.root / "case"


def world(root: Path) -> World:
    base = Workspace.init(root / "base").folder
    (root / "earlier.warc").write_bytes(samples.warc(samples.page(900)))
    run(base, root / "earlier.warc", None, lambda digest: None)
    source = samples.folder(root / "in", count=1)
    (source / "g.warc.gz").unlink()
    return World(root, base, source)


def run(folder: Path, source: Path, files: FailingFiles | None, told: Callable[[str], None]) -> None:
    """Ingest; tell each digest once it is acknowledged."""
    with Workspace.writing(folder, "trial", files=files) as opened:
        for row in ingest(Sealer(opened.vault, Shelf(opened.vault, opened.derived), "officer", "order"), [source]):
            if row.digest:
                told(row.digest)


def in_child(
    task: Callable[[Callable[[str], None]], None], after: Callable[[int], None] = lambda pid: None
) -> list[str]:
    """Run a task in a child; what it told before it ended, however it ended. Its last word is `end` if it got there."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            with os.fdopen(writing, "w", buffering=1) as stream:
                task(lambda text: print(text, file=stream))
                print("end", file=stream)
            status = 0
        except (StoreFailure, PowerLoss):
            status = 3
        finally:
            os._exit(status)
    os.close(writing)
    after(pid)
    with os.fdopen(reading) as stream:
        told = stream.read().split()
    os.waitpid(pid, 0)
    return told


def trial(
    name: str,
    world: World,
    figures: Figures,
    files: FailingFiles | None,
    limit: int | None = None,
    after: Callable[[int], None] = lambda pid: None,
) -> None:
    """One ingest with a fault, judged, run again, judged again."""
    shutil.rmtree(world.case, ignore_errors=True)
    shutil.copytree(world.base, world.case)

    def faulty(told: Callable[[str], None]) -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            run(world.case, world.source, files, told)
        finally:
            if isinstance(files, ForgetfulFiles):
                files.lose()

    told = in_child(faulty, after)
    figures.trials += 1
    figures.stopped += "end" not in told
    acknowledged = [digest for digest in told if digest != "end"]
    figures.acknowledged += len(acknowledged)
    judge(name, world, figures, acknowledged)
    again = in_child(lambda tell: run(world.case, world.source, None, tell))
    if "end" not in again or list((world.case / "vault" / INCOMING).iterdir()):
        figures.unfinished.append(name)
    judge(f"{name} again", world, figures, [*acknowledged, *(digest for digest in again if digest != "end")])


def judge(name: str, world: World, figures: Figures, acknowledged: list[str]) -> None:
    """Nothing acknowledged is lost, nothing half is visible, and verifying finds nothing wrong."""
    opened = Workspace.open(world.case)
    earlier = Workspace.open(world.base).vault.digests()
    visible = opened.vault.digests()
    figures.lost += [f"{name}: {digest}" for digest in {*acknowledged, *earlier} - set(visible)]
    for digest in visible:
        try:
            opened.vault.check(digest)
        except Exception as reason:  # whatever is wrong with it, it is half an item
            figures.half.append(f"{name}: {digest} {reason}")
    found = list(verify(world.case, read_origin(world.case), None))
    if exit_status(each.grade for each in found):
        figures.invalid.append(f"{name}: {[(each.code, dict(each.params)) for each in found if each.grade != 'ok']}")


def steps(world: World, only: str = "") -> int:
    """How many steps of a kind a whole ingest has."""
    shutil.rmtree(world.case, ignore_errors=True)
    shutil.copytree(world.base, world.case)
    told = in_child(lambda tell: _counted(world, only, tell))
    return int(told[-2])


def _counted(world: World, only: str, tell: Callable[[str], None]) -> None:
    files = FailingFiles(only=only)
    run(world.case, world.source, files, lambda digest: None)
    tell(str(files.steps))


def failing(world: World, figures: Figures) -> None:
    """Every step fails: by an error, by a short write where it writes, and by a killed process."""
    for at in range(steps(world)):
        for fault in FAULTS if FULL else (FAULTS[at % 3], "stop"):
            trial(f"{fault} at {at}", world, figures, FailingFiles(at, fault))


def syncs(world: World, figures: Figures) -> None:
    """Every fsync fails once."""
    for at in range(steps(world, only="sync")):
        trial(f"sync {at}", world, figures, FailingFiles(at, "EIO", only="sync"))


def power(world: World, figures: Figures) -> None:
    """Power lost at every step: everything unsynced is gone, or any part of it."""
    for at in range(steps(world)):
        for seed in (None, *range(at, at + 10)) if FULL else (None, at):
            trial(f"power at {at} seed {seed}", world, figures, ForgetfulFiles(at, seed))


def sizes(world: World, figures: Figures) -> None:
    """No file may grow past a limit."""
    for limit in range(0, 8000, 40 if FULL else 250):
        trial(f"limit {limit}", world, figures, None, limit=limit)


def kills(world: World, figures: Figures) -> None:
    """`kill -9` at random moments of a longer ingest."""
    for number in range(40):
        (world.source / f"many-{number:03}.warc").write_bytes(samples.warc(samples.page(1000 + number)))
    chance = random.Random(7)
    for number in range(1000 if FULL else 20):
        wait = chance.uniform(0, 0.35)
        trial(f"kill {number} after {wait:.4f}", world, figures, None, after=partial(_kill, wait))


def _kill(wait: float, pid: int) -> None:
    time.sleep(wait)
    os.kill(pid, signal.SIGKILL)


SWEEPS = (failing, syncs, power, sizes, kills)


def main(name: str) -> None:
    sweep = {each.__name__: each for each in SWEEPS}[name]
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        figures = Figures()
        sweep(world(Path(folder)), figures)
    print(json.dumps(figures.__dict__))


if __name__ == "__main__":
    main(sys.argv[1])
