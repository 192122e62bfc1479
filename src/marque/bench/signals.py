"""How much finding signals costs beyond reading and parsing, measured in one run on one file.

Every subject is a process of its own and is charged all the CPU it used, start-up and imports included. All of them
find their modules compiled, as an installed program does. What start-up alone costs is measured on an empty crawl and
given beside. The ratio is what a person waits for; the ratio
without start-up is what a long crawl approaches.
"""

import gzip
import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from marque.bench.corpus import write
from marque.bench.model import Absent, Figure
from marque.bench.peers import PEERS

NAME = "signals"
_PAGES, _SCRIPTS, _PICTURES = 720, 144, 120
_ROUNDS = 3  # of which the cheapest counts: other work on the machine only ever adds


def run(file: Path | None = None, seed: int = 1) -> Iterator[Figure | Absent]:
    """Figures for marque and every peer that is installed, on a given file or on invented crawls."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.warc.gz")
        empty.write_bytes(
            gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", mtime=0)
        )
        surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled"))}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        for case, path in _cases(Path(folder), file, seed):
            yield from _measured(case, path, empty, surroundings)


def _cases(folder: Path, file: Path | None, seed: int) -> Iterator[tuple[str, Path]]:
    if file is not None:
        yield file.name, file
        return
    text, pictures = folder / "text.warc.gz", folder / "images.warc.gz"
    write(text, seed, pages=_PAGES, scripts=_SCRIPTS, pictures=0)
    yield "text", text
    write(pictures, seed, pages=0, scripts=0, pictures=_PICTURES)
    yield "images", pictures


def _measured(case: str, path: Path, empty: Path, surroundings: dict[str, str]) -> Iterator[Figure | Absent]:
    size, floor = path.stat().st_size / 1e6, None
    for name, command, missing in _subjects():
        if missing:
            yield Absent(NAME, name, missing)
            continue
        start, whole = (_cpu([*command, str(crawl)], surroundings) for crawl in (empty, path))
        yield Figure(NAME, name, case, "cpu", round(whole, 3), "s")
        yield Figure(NAME, name, case, "start-up", round(start, 3), "s")
        yield Figure(NAME, name, case, "throughput", round(size / max(whole - start, 1e-3), 1), "MB/s of file")
        floor = (whole, start) if name == "floor" else floor
        if floor:
            yield Figure(NAME, name, case, "ratio_to_floor", round(whole / floor[0], 2), "")
            net = (whole - start) / max(floor[0] - floor[1], 1e-3)
            yield Figure(NAME, name, case, "ratio_to_floor_without_start-up", round(net, 2), "")


def _subjects() -> Iterator[tuple[str, list[str], str]]:
    """Name, command and what is missing; the floor first, since all are compared with it."""
    peers = {name: (["-m", "marque.bench.peers", name], needs) for name, _, needs in PEERS}
    for name, (arguments, needs) in peers.items():
        missing = " ".join(need for need in needs if importlib.util.find_spec(need) is None)
        yield name, [sys.executable, *arguments], missing
        if name == "floor":
            yield "marque", [sys.executable, "-m", "marque.cli", "signals"], ""


def _cpu(command: list[str], surroundings: dict[str, str]) -> float:
    """User and system seconds of a process, the cheapest of a few rounds."""
    return min(_once(command, surroundings) for _ in range(_ROUNDS))


def _once(command: list[str], surroundings: dict[str, str]) -> float:
    quiet = os.open(os.devnull, os.O_WRONLY)
    try:
        actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
        child = os.posix_spawn(command[0], command, surroundings, file_actions=actions)
        _, _, used = os.wait4(child, 0)
    finally:
        os.close(quiet)
    return used.ru_utime + used.ru_stime
