"""`bench identification --part unknown`: ten thousand pages of works that the catalogue does not know.

What names a unit here is false. Every second episode is one of a known series: the same persons and places in other
pictures; all carry the house card and credits that the known works carry. Whole episodes and fragments are asked under
every attack, beside single panels, parts, screenshots and frames. A zero speaks for art drawn like this, at most three
in the number asked at 95 %.
"""

import multiprocessing
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from marque.bench.identification import asking, excerpts, strips
from marque.bench.identification.attacks import ATTACKS
from marque.bench.identification.drawing import STYLES, Source, episode
from marque.bench.model import Figure
from marque.training.dice import Dice
from marque.works.catalogue import Catalogue
from marque.works.model import MATCH
from marque.works.reference import Reference, load

BENCH = "identification unknown"
ASKS, KNOWN = 10_000, 2 * len(STYLES)
TIMES = 3  # each kind of excerpt an episode


@dataclass(frozen=True, slots=True)
class Stranger:
    """An episode that the catalogue does not hold; `kin` where it holds another episode of the same series."""

    series: int
    number: int
    style: int
    kin: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one stranger's page."""

    kin: bool
    row: str
    answers: tuple[tuple[str, float], ...]
    seconds: float


def run(seed: int = strips.SEED, asks: int = ASKS, known: int = KNOWN) -> Iterator[Figure]:
    """False matches and `unsure` answers of so many asks, by kin and kind, and the time an ask took."""
    with tempfile.TemporaryDirectory() as place:
        units = ((work.name, "1", asking.published(work.source)) for work in strips.drawn(seed, known) if work.known)
        asking.catalogue(Path(place), units)
        yield from _figures(list(_shared_out(Path(place) / "catalogue", seed, asks, known)))


def strangers(seed: int, known: int) -> Iterator[Stranger]:
    """Episodes without end, of every style in turn: one of a known series, then one of an unknown series."""
    number = 0
    while True:
        at = number // 2 % known
        series = 10_000 * seed + 2 * at
        kin = number % 2 == 0
        own = series if kin else 10_000 * seed + 5_000 + number
        yield Stranger(own, 1_000 + number, at % len(STYLES), kin)
        number += 1


def _shared_out(catalogue: Path, seed: int, asks: int, known: int) -> Iterator[Said]:
    """As many asks, an episode a job, over all processors."""
    each = 2 * len(ATTACKS) + TIMES * len(strips.EXCERPTS)
    jobs = list(islice(strangers(seed, known), -(-asks // each)))
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=context) as pool:
        said = (one for part in pool.map(partial(ask, catalogue, min(asks, each)), jobs) for one in part)
        yield from islice(said, asks)


def ask(catalogue: Path, most: int, stranger: Stranger) -> list[Said]:
    """Everything that is asked of one episode, or so much of it."""
    reference = load(Catalogue(catalogue))
    style, at = STYLES[stranger.style], Dice("stranger", stranger.series, stranger.number)
    english = episode(stranger.series, stranger.number, style, "en")
    other = episode(stranger.series, stranger.number, style, strips.LANGUAGES[stranger.style % len(strips.LANGUAGES)])
    pages = chain(_attacked(english, other, at), _excerpts(other, at))
    return [_asked(stranger, row, list(files), reference) for row, files in islice(pages, most)]


def _attacked(english: Source, other: Source, dice: Dice) -> Iterator[tuple[str, Iterator[bytes]]]:
    for attack in ATTACKS:
        source = other if attack.other else english
        for kind, shown in (("whole", source), ("fragment", excerpts.fragment(source, dice.of(attack.name)))):
            yield kind, asking.pressed(attack.change(shown), attack.quality)


def _excerpts(other: Source, dice: Dice) -> Iterator[tuple[str, Iterator[bytes]]]:
    for name, take in strips.EXCERPTS:
        for at in range(TIMES):
            yield "part", iter(asking.whole(take(other, dice.of(name, at))))


def _asked(stranger: Stranger, row: str, files: list[bytes], reference: Reference) -> Said:
    begun = time.process_time()
    answers = tuple((answer.said, answer.score) for answer in asking.ask(files, reference))
    return Said(stranger.kin, row, answers, time.process_time() - begun)


def _figures(said: list[Said]) -> Iterator[Figure]:
    asked, false, unsure = Counter[str](), Counter[str](), Counter[str]()
    for one in said:
        for case in ("all", f"{'known' if one.kin else 'unknown'} series, {one.row}"):
            asked[case] += 1
            false[case] += any(answer == MATCH for answer, _ in one.answers)
            unsure[case] += bool(one.answers) and all(answer != MATCH for answer, _ in one.answers)
    for case, count in sorted(asked.items()):
        yield Figure(BENCH, "marque", case, "false matches", false[case], f"of {count}")
        yield Figure(BENCH, "marque", case, "unsure", unsure[case], f"of {count}")
    highest = max((score for one in said for _, score in one.answers), default=0.0)
    yield Figure(BENCH, "marque", "all", "highest score", highest, "probability")
    seconds = sum(one.seconds for one in said) / max(1, len(said))
    yield Figure(BENCH, "marque", "all", "an ask", round(seconds, 3), "CPU s")
