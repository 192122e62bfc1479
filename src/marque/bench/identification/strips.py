"""`bench identification strips`: which unit does a page show, under everything that pirates do to it?

Half of the works are unknown to the catalogue, and all carry the same house card and credits. Recall of panels is
counted where the answer is right; whatever names a unit that is not shown is counted as wrong or, for unknown works,
as false. No figure here speaks for art unlike what was drawn or given.
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from marque.bench.identification import asking, excerpts, folders
from marque.bench.identification.attacks import ATTACKS, Attack
from marque.bench.identification.drawing import STYLES, Pixels, Source, episode
from marque.bench.identification.whole_images import peers
from marque.bench.model import Absent, Figure
from marque.training.dice import Dice
from marque.works.model import MATCH
from marque.works.reference import Reference

BENCH = "identification strips"
SEED, WORKS = 1, 11
LANGUAGES = ("ko", "ja", "es")

EXCERPTS: tuple[tuple[str, Callable[[Source, Dice], Pixels]], ...] = (
    ("one panel alone", excerpts.alone),
    ("60 % of a panel", excerpts.partial),
    ("a desktop's screenshot", excerpts.desktop),
    ("a telephone's screenshot", excerpts.telephone),
    ("a frame of a video", excerpts.frame),
)


@dataclass(frozen=True, slots=True)
class Work:
    """A unit to ask for: its published edition and how to make another language's."""

    name: str
    known: bool
    source: Source
    other: Callable[[], Source]


@dataclass(slots=True)
class Count:
    """What became of the asks of one row."""

    asked: int = 0
    panels: int = 0
    panels_found: int = 0
    matched: int = 0
    unsure: int = 0
    wrong: int = 0
    unknown: int = 0
    false: int = 0
    false_unsure: int = 0


@dataclass(slots=True)
class Clock:
    """Processor time by what it was spent on."""

    slices: int = 0
    reading: float = 0.0
    asking: float = 0.0
    asks: int = 0
    codes: int = 0
    panels: int = 0
    rows: dict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))


def run(
    seed: int = SEED,
    works: int = WORKS,
    attacks: Sequence[str] = (),
    folder: Path | None = None,
    *,
    beside: bool = True,
) -> Iterator[Figure | Absent]:
    """One row a figure. `attacks` keeps rows whose names are given; `folder` takes real strips, a folder a language."""
    made = list(real(folder) if folder else drawn(seed, works))
    with tempfile.TemporaryDirectory() as place:
        units = [(work.name, "1", asking.published(work.source)) for work in made if work.known]
        reference = asking.catalogue(Path(place), units)
        held = [asking.codes_held(reference, work.name, work.source) for work in made if work.known]
        clock = Clock(codes=sum(held), panels=sum(len(work.source.panels) for work in made if work.known))
        for work in made:
            _ask_for(work, made, reference, clock, attacks)
    yield from _figures(clock)
    if beside:
        yield from peers(BENCH, [(work.name, work.known, work.source, work.other) for work in made])


def drawn(seed: int, works: int) -> Iterator[Work]:
    """So many known works and as many unknown ones, in every style in turn, lettered in English and another language.

    Every second unknown one is another episode of a known series: the same persons, not the same pictures.
    """
    for number in range(2 * works):
        at, known = number // 2, number % 2 == 0
        style, language = STYLES[at % len(STYLES)], LANGUAGES[at % len(LANGUAGES)]
        series = 10_000 * seed + (number if at % 2 else 2 * at)
        other = partial(episode, series, number, style, language)
        yield Work(f"w{number:03}", known, episode(series, number, style, "en"), other)


def real(folder: Path) -> Iterator[Work]:
    """Strips on disk, a folder a language (the catalogue has en), in each a folder an episode; half are unknown."""
    for number, (name, source, other) in enumerate(folders.read(folder)):
        yield Work(name, number % 2 == 0, source, other)


def _ask_for(work: Work, made: Sequence[Work], reference: Reference, clock: Clock, attacks: Sequence[str]) -> None:
    dice = Dice("asks", work.name)
    other = work.other()
    for attack in ATTACKS:
        if attacks and attack.name not in attacks:
            continue
        source = other if attack.other else work.source
        for kind, shown in (("whole", source), ("fragment", excerpts.fragment(source, dice.of(attack.name)))):
            _count(work, shown, kind, attack, reference, clock)
    for name, take in EXCERPTS:
        if not attacks or name in attacks:
            for at in range(3):
                files = asking.whole(take(other, dice.of(name, at)))
                _judge(work.name, work.known, _timed(files, reference, clock), clock.rows[_row(work, "part", name)])
    if not attacks or "mixed" in attacks:
        _mixed(work, made, reference, clock)


def _count(work: Work, shown: Source, kind: str, attack: Attack, reference: Reference, clock: Clock) -> None:
    files = list(asking.pressed(attack.change(shown), attack.quality))
    count = clock.rows[_row(work, kind, attack.name)]
    right = _judge(work.name, work.known, _timed(files, reference, clock), count)
    if work.known:
        count.panels += len(shown.panels)
        if right is not None:
            count.panels_found += asking.panels_found(right, _moved(shown, work.source), ordered=attack.ordered)


def _moved(shown: Source, whole: Source) -> Source:
    """The panels of what is shown where they lie in the published unit: they are the same, in order."""
    first = next(
        at
        for at in range(len(whole.panels))
        if all(
            (a.bottom - a.top, a.left, a.right) == (b.bottom - b.top, b.left, b.right)
            for a, b in zip(shown.panels, whole.panels[at : at + len(shown.panels)], strict=False)
        )
    )
    return Source(whole.name, whole.group, whole.pixels, whole.panels[first : first + len(shown.panels)], whole.bands)


def _mixed(work: Work, made: Sequence[Work], reference: Reference, clock: Clock) -> None:
    """Slices of this work and of another of the same side, in turn."""
    others = [other for other in made if other.known == work.known and other.name != work.name]
    if not others:
        return
    other = others[(made.index(work)) % len(others)]
    pages = [list(asking.pressed(one.source.pixels, 85)) for one in (work, other)]
    files = [part for both in zip(*pages, strict=False) for part in both]
    said = [answer for answer in _timed(files, reference, clock) if answer.name != f"{other.name}/1"]
    _judge(work.name, work.known, said, clock.rows[_row(work, "whole", "two works mixed")])


def _timed(files: Sequence[bytes], reference: Reference, clock: Clock) -> list[asking.Answer]:
    begun = time.process_time()
    query = asking.query(asking.strip(files))
    read = time.process_time()
    said = asking.answers(query, reference)
    clock.asking += time.process_time() - read
    clock.reading += read - begun
    clock.slices += len(files)
    clock.asks += 1
    return said


def _judge(name: str, known: bool, said: Iterable[asking.Answer], count: Count) -> asking.Answer | None:
    """Count what was said; the answer that names the right unit, where one does."""
    right = None
    count.asked += known
    count.unknown += not known
    for answer in said:
        if known and answer.name == f"{name}/1":
            right = answer
            count.matched += answer.said == MATCH
            count.unsure += answer.said != MATCH
        elif known:
            count.wrong += 1
        else:
            count.false += answer.said == MATCH
            count.false_unsure += answer.said != MATCH
    return right


def _row(work: Work, kind: str, name: str) -> tuple[str, str]:
    return work.source.group, f"{kind}: {name}"


def _figures(clock: Clock) -> Iterator[Figure]:
    for (group, row), count in clock.rows.items():
        case = f"{group}, {row}"
        if count.panels:
            yield _figure(case, "panels found", count.panels_found / count.panels, "share")
        if count.asked:
            yield _figure(case, "units named", (count.matched + count.unsure) / count.asked, "share")
            yield _figure(case, "matched", count.matched, f"of {count.asked}")
            yield _figure(case, "unsure", count.unsure, f"of {count.asked}")
            yield _figure(case, "wrong", count.wrong, f"of {count.asked}")
    counts = clock.rows.values()
    unknown = sum(count.unknown for count in counts)
    yield _figure("unknown works", "false matches", sum(count.false for count in counts), f"of {unknown}")
    yield _figure("unknown works", "false unsure", sum(count.false_unsure for count in counts), f"of {unknown}")
    yield _figure("all", "codes a panel", clock.codes / max(1, clock.panels), "codes")
    yield _figure("all", "fingerprinting", clock.slices / clock.reading, "slices/s of 720x1000 and less")
    yield _figure("all", "query", 1000 * clock.asking / clock.asks, "CPU ms")


def _figure(case: str, metric: str, value: float, unit: str) -> Figure:
    return Figure(BENCH, "marque", case, metric, round(value, 4), unit)
