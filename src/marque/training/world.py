"""The demonstration world: from a seed to captures, a catalogue of the known works, and the truth."""

import json
import multiprocessing
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from marque.errors import WrongUsage
from marque.training import holders, novels, truth
from marque.training.cast import load
from marque.training.dice import Dice
from marque.training.library import UNITS, works
from marque.training.model import Visit
from marque.training.packing import file_of, packed
from marque.training.strips.delivery import Cut, Order, Slice, fill
from marque.training.visits import plan, visits

WORKERS = 2
TRUTH = "truth.json"
ORIGINAL = Cut(height=1 << 20, quality=92)

Said = Callable[[str, int, int], None]


def build(out: Path, seed: int, said: Said = lambda _step, _done, _of: None) -> None:
    """Write captures, originals, rights.csv, catalogue and truth.json below `out`, whole or not at all.

    The same seed gives the same bytes; `said` is told step, done and total. A world that stands there is replaced;
    a folder that holds anything else is refused.
    """
    if out.exists() and not (out / TRUTH).is_file() and any(out.iterdir()):
        raise WrongUsage("training.not-a-world", path=str(out))
    aside = out.with_name(out.name + ".part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    _fill(aside, seed, said)
    shutil.rmtree(out, ignore_errors=True)
    aside.rename(out)


def _fill(out: Path, seed: int, said: Said) -> None:
    dice = Dice("marque", "world", seed)
    cast = load(dice)
    plans = plan(cast, dice)
    drawn = _draw([order for entry in plans for order in entry.orders] + _originals(), dice, said)
    met = list(visits(cast, plans, drawn, dice))
    _write_captures(out / "captures", met, said)
    _write_originals(out / "originals", drawn)
    holders.supply(out / "catalogue", out / "originals", said)
    text = json.dumps(truth.tell(cast, met, seed), ensure_ascii=False, indent=1, sort_keys=True)
    (out / TRUTH).write_text(text + "\n", "utf-8")


def _originals() -> list[Order]:
    """What the holders supply: every unit of the known works in the language it was made in."""
    return [(work.key, unit, work.languages[0], ORIGINAL) for work in works() if work.known for unit in UNITS]


def _draw(orders: Iterable[Order], dice: Dice, said: Said) -> dict[Order, list[Slice]]:
    """All pictures, one unit a task, two at a time."""
    tasks: dict[tuple[str, str], set[Order]] = defaultdict(set)
    for order in orders:
        tasks[order[:2]].add(order)
    jobs = [(key, unit, sorted(wanted, key=repr), dice) for (key, unit), wanted in sorted(tasks.items())]
    drawn: dict[Order, list[Slice]] = {}
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        for done, part in enumerate(pool.imap_unordered(_job, jobs), 1):
            drawn.update(part)
            said("strips", done, len(jobs))
    return drawn


def _job(job: tuple[str, str, list[Order], Dice]) -> dict[Order, list[Slice]]:
    return fill(*job)


def _write_captures(folder: Path, met: list[Visit], said: Said) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    of = len({file_of(visit) for visit in met}) + 1  # and the one that broke off
    for done, (name, data) in enumerate(packed(met), 1):
        (folder / name).write_bytes(data)
        said("captures", done, of)


def _write_originals(folder: Path, drawn: dict[Order, list[Slice]]) -> None:
    for order in _originals():
        key, unit, language, _cut = order
        place = folder / key / unit / language
        place.mkdir(parents=True, exist_ok=True)
        for piece in drawn[order]:
            (place / piece.name).write_bytes(piece.data)
    for language, key in novels.TOLD.items():
        place = folder / key / novels.UNIT
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{language}.txt").write_text(novels.text(language), "utf-8")
