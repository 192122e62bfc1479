"""`bench identification`, film: which film or episode does a clip come from, after what pirates do to it?

Half of the works are unknown to the catalogue: films, and episodes of series whose other episodes it knows, with the
same opening, people and sets. Whatever names a work that is not there counts as false. No figure here speaks for
pictures unlike these.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from marque.bench.identification import video_peers
from marque.bench.identification.video_attacks import ATTACKS, Attack
from marque.bench.identification.video_material import RATE, Work, decode, dice_of, encode, frames, shelf
from marque.bench.model import Absent, Figure
from marque.signals.pictures.pdq import Bytes
from marque.works.media import Found
from marque.works.model import MATCH
from marque.works.video import fingerprint, identify, reference
from marque.works.video.reference import Reference

BENCH = "identification video"
SEED, WORKS, QUERIES = 1, 12, 4
SECONDS = 75.0  # of a work
_PART = 30.0  # seconds of each of two works that were cut together


@dataclass(frozen=True, slots=True)
class World:
    """The works as files, and what marque and the peer made of the known ones."""

    works: Sequence[Work]
    seconds: float
    folder: Path
    catalogue: Reference
    bags: list[Bytes]

    def path(self, work: Work) -> Path:
        return self.folder / f"{work.name}.mp4"


@dataclass(slots=True)
class Count:
    """What became of the queries of one attack."""

    known: int = 0
    matched: int = 0
    wrong: int = 0
    unknown: int = 0
    named: int = 0
    false: int = 0


def run(
    seed: int = SEED,
    works: int = WORKS,
    queries: int = QUERIES,
    attacks: Sequence[Attack] = ATTACKS,
    seconds: float = SECONDS,
) -> Iterator[Figure | Absent]:
    """One row a figure. `queries` of each attack, about known and unknown works by turns, of so many seconds."""
    try:
        import av  # noqa: F401
    except ImportError:
        yield Absent(BENCH, "marque", "av")
        return
    with tempfile.TemporaryDirectory() as folder:
        world, cost = build(seed, works, seconds, Path(folder))
        yield from cost
        for attack in attacks:
            ours, theirs = Count(), Count()
            for number in range(queries):
                work, path = _asked(world, attack, seed, number)
                _count(ours, work, _named(world, path))
                bag = video_peers.frames(path, attack.rate)
                _count(theirs, work, [(unit, MATCH) for unit in video_peers.matched(bag, world.bags)])
                path.unlink()
            yield from _figures("marque", attack.name, ours)
            yield from _figures(video_peers.NAME, attack.name, theirs)
        if seconds > _PART:
            yield _compilations(world, seed, queries)


def build(seed: int, works: int, seconds: float, folder: Path) -> tuple[World, list[Figure]]:
    """Draw the works, make the catalogue of the known ones, and say what that cost."""
    shown = shelf(works)
    world = World(shown, seconds, folder, reference.build([]), [])
    for work in shown:
        encode(world.path(work), frames(work, seed, seconds), crf=14)
    known = [world.path(work) for work in shown if work.unit is not None]
    begun = _spent()
    tables = [fingerprint.fingerprint(path, path.name) for path in known]
    spent = _spent() - begun
    rows = sum(table.num_rows for table in tables)
    case = f"{works} works, half unknown, seed {seed}"
    cost = [
        Figure(BENCH, "marque", case, "fingerprinting", round(seconds * len(known) / spent, 1), "seconds a CPU s"),
        Figure(BENCH, "marque", case, "codes", round(rows / len(known) / seconds, 1), "a second"),
    ]
    bags = [video_peers.frames(path, RATE) for path in known]
    return World(shown, seconds, folder, reference.build(tables), bags), cost


def _spent() -> float:
    """Processor time of this process and of those that decode for it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _asked(world: World, attack: Attack, seed: int, number: int) -> tuple[Work, Path]:
    """A clip of a known or an unknown work, attacked, as a file."""
    known = [work for work in world.works if work.unit is not None]
    unknown = [work for work in world.works if work.unit is None]
    dice = dice_of(seed, attack.name, number)
    group = unknown if number % 2 else known
    work, beside = group[int(dice.integers(len(group)))], unknown[int(dice.integers(len(unknown)))]
    whole = int(world.seconds * RATE)
    many = int(min(whole, attack.seconds * RATE))
    start = int(dice.integers(0, whole - many + 1))
    film = islice(decode(world.path(work)), start, start + many)
    changed = attack.change(film, decode(world.path(beside)), dice)
    return work, encode(world.folder / "query.mp4", changed, attack.rate, attack.crf)


def _named(world: World, path: Path) -> list[tuple[int, str]]:
    found: list[Found] = identify.identify(fingerprint.fingerprint(path, "query"), world.catalogue)
    return [(each.unit, each.answer) for each in found]


def _count(count: Count, work: Work, found: Sequence[tuple[int, str]]) -> None:
    if work.unit is None:
        count.unknown += 1
        count.named += bool(found)
        count.false += any(answer == MATCH for _, answer in found)
        return
    count.known += 1
    count.matched += (work.unit, MATCH) in found
    count.wrong += any(unit != work.unit and answer == MATCH for unit, answer in found)


def _figures(subject: str, case: str, count: Count) -> Iterator[Figure]:
    matched = round(count.matched / max(1, count.known), 4)
    yield Figure(BENCH, subject, case, "matched", matched, f"share of {count.known}")
    yield Figure(BENCH, subject, case, "wrong works matched", float(count.wrong), f"of {count.known}")
    yield Figure(BENCH, subject, case, "unknown works matched", float(count.false), f"of {count.unknown}")
    yield Figure(BENCH, subject, case, "unknown works unsure", float(count.named - count.false), f"of {count.unknown}")


def _compilations(world: World, seed: int, queries: int) -> Figure:
    """Two known works cut together: how many have both named, and nothing else."""
    known = [work for work in world.works if work.unit is not None]
    right, part = 0, int(_PART * RATE)
    for number in range(max(1, queries // 2)):
        dice = dice_of(seed, "compilation", number)
        two = [known[index] for index in dice.choice(len(known), 2, replace=False).tolist()]
        starts = dice.integers(0, int(world.seconds * RATE) - part, 2).tolist()
        path = encode(world.folder / "query.mp4", _after(world.path, two, starts, part))
        named = {unit for unit, answer in _named(world, path) if answer == MATCH}
        right += named == {work.unit for work in two}
        path.unlink()
    share = round(right / max(1, queries // 2), 4)
    return Figure(BENCH, "marque", "two works cut together", "both matched", share, f"share of {max(1, queries // 2)}")


def _after(path: Callable[[Work], Path], two: Sequence[Work], starts: Sequence[int], part: int) -> Iterator[Bytes]:
    for work, start in zip(two, starts, strict=True):
        yield from islice(decode(path(work)), start, start + part)
