"""A process that makes an index grow, for the tests: `python -m tests.works.growing FOLDER STEPS [kill]`.

Index number n holds runs 0 to n - 1 and says so in its state. With `kill` it copies FOLDER to FOLDER-0, FOLDER-1 and
so on, and in each a child kills itself at that opening, renaming or removing of a file of the index, until one had
not so many.
"""

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import numpy as np

from marque.works import index_growth, index_store
from marque.works.index import Index

RUN = 40


def codes_of(run: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.random.default_rng(run).integers(0, 256, (RUN, 32), np.uint8)


def whole(index: Index, state: str) -> bool:
    """Whether an index is exactly what its state says."""
    runs = int(state)
    held = sorted(index.owners[index.alive > 0][:, 0].tolist())
    if held != list(range(runs)):
        return False
    query, code, _ = index.search(
        np.concatenate([np.zeros((0, 32), np.uint8), *(codes_of(run) for run in range(runs))])
    )
    owner = index.owners[index.runs(code)][:, 0] if runs else np.zeros(0, np.uint8)
    rows, wanted = query.tolist(), np.repeat(np.arange(runs), RUN).tolist()
    return bool(rows == list(range(runs * RUN)) and owner.tolist() == wanted)


def grow(folder: Path) -> None:
    with index_store.writing(folder):
        held = index_store.read(folder)
        index, runs = (held[0], int(held[1])) if held else (index_growth.empty(), 0)
        name = np.full((1, 32), runs, np.uint8)
        made = index_growth.added(index, name, np.array([RUN], np.uint32), codes_of(runs), {})
        index_store.commit(folder, index_growth.merged(made), str(runs + 1))


def kill_at(step: int, folder: Path) -> None:
    left = [step]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"open", "os.rename", "os.remove"} and str(folder) in str(arguments[0]):
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(watch)


def kill_at_each(folder: Path) -> None:
    for step in count():
        copy = folder.with_name(f"{folder.name}-{step}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            kill_at(step, copy)
            grow(copy)
            os._exit(0)
        if not os.waitpid(child, 0)[1]:
            return


def main() -> None:
    folder = Path(sys.argv[1])
    if len(sys.argv) > 3:
        kill_at_each(folder)
        return
    for _ in range(int(sys.argv[2])):
        grow(folder)


if __name__ == "__main__":
    main()
