"""`bench identification`, text: which novel does an excerpt come from, after what scanning and pirates do to it?

Half of the works are unknown to the catalogue; works share their language's stock phrases, a licence text in front and
quotations. Whatever names a work that is not there counts as false. No figure here speaks for prose unlike it.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marque.bench.identification import text_peers
from marque.bench.identification.text_attacks import ATTACKS, Attack
from marque.bench.model import Absent, Figure
from marque.training.prose import LANGUAGES, dice_of, language, novel, paragraph
from marque.works.model import MATCH
from marque.works.text import fingerprint, identify, reference
from marque.works.text.reference import Reference

BENCH = "identification text"
SEED, WORKS, QUERIES = 1, 40, 20
LENGTHS = {"en": 120_000, "es": 120_000, "ko": 60_000, "ja": 50_000, "zh": 50_000}  # characters of a work


@dataclass(frozen=True, slots=True)
class Work:
    """A work: its `unit` in the catalogue, None where it is unknown, and where its own text begins."""

    language: str
    text: str
    begins: int
    unit: int | None


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, of which work, and the excerpt before it was attacked."""

    work: Work
    attack: Attack
    data: bytes


@dataclass(slots=True)
class Count:
    """What became of the queries of one attack."""

    known: int = 0
    named: int = 0
    matched: int = 0
    wrong: int = 0
    unknown: int = 0
    false: int = 0
    false_matches: int = 0


def run(seed: int = SEED, works: int = WORKS, queries: int = QUERIES) -> Iterator[Figure | Absent]:
    """One row a figure. `works` in all languages together; `queries` of each attack and language."""
    shelf = world(seed, works)
    yield from own(shelf, seed, queries)
    yield from text_peers.peers(BENCH, shelf, lambda attack: asks(shelf, attack, seed, queries))


def own(shelf: Sequence[Work], seed: int, queries: int) -> Iterator[Figure | Absent]:
    """What marque reaches."""
    catalogue, cost = index(shelf)
    for metric, value, unit in cost:
        yield Figure(BENCH, "marque", f"{len(shelf)} works, half unknown", metric, value, unit)
    for attack in ATTACKS:
        try:
            asked = list(asks(shelf, attack, seed, queries))
        except ImportError:
            yield Absent(BENCH, attack.name, "opencc-python-reimplemented")
            continue
        begun = time.process_time()
        count = measure(asked, catalogue)
        spent = (time.process_time() - begun) / len(asked)
        yield from _figures("marque", attack.name, count)
        yield Figure(BENCH, "marque", attack.name, "time of a query", round(1000 * spent, 2), "CPU ms")


def world(seed: int, works: int) -> list[Work]:
    """Works in turn of each language, known and unknown by turns within it; one in two begins with the licence text."""
    shelf: list[Work] = []
    known = 0
    for number in range(works):
        name, turn = LANGUAGES[number % len(LANGUAGES)], number // len(LANGUAGES)
        tongue = language(name, seed)
        licence = "".join(paragraph(tongue, dice_of(seed, name, "licence", part), ()) for part in range(5))
        front = licence + "\n\n" if turn % 4 in (0, 1) else ""
        body = novel(name, seed, f"work {number}", LENGTHS[name])
        unit = known if turn % 2 == 0 else None
        known += unit is not None
        shelf.append(Work(name, front + body, len(front), unit))
    return shelf


def index(shelf: Sequence[Work]) -> tuple[Reference, list[tuple[str, float, str]]]:
    """The catalogue of the known works, and what it cost."""
    begun = time.process_time()
    tables = [fingerprint.of_bytes(work.text.encode(), "work") for work in shelf if work.unit is not None]
    read = time.process_time()
    catalogue = reference.build(tables)
    built = time.process_time()
    characters = sum(len(work.text) for work in shelf if work.unit is not None)
    rows = len(catalogue.hashes)
    return catalogue, [
        ("fingerprinting", round(characters / (read - begun) / 1e6, 3), "million characters a CPU s"),
        ("building the index", round(rows / (built - read) / 1e6, 3), "million shingles a CPU s"),
        ("kept shingles", round(1000 * rows / characters, 1), "of 1,000 characters"),
    ]


def asks(shelf: Sequence[Work], attack: Attack, seed: int, queries: int) -> Iterator[Query]:
    """So many excerpts of each language the attack is for, known and unknown works by turns."""
    for name in attack.languages:
        its = [work for work in shelf if work.language == name]
        for number in range(queries if its else 0):
            dice = dice_of(seed, attack.name, name, number)
            work = its[number % len(its)]
            start = dice.randrange(work.begins, len(work.text) - attack.length)
            excerpt = work.text[start : start + attack.length]
            yield Query(work, attack, attack.change(excerpt, dice, name))


def measure(asked: Sequence[Query], catalogue: Reference) -> Count:
    """What the catalogue says to each."""
    count = Count()
    for query in asked:
        found = identify.identify(fingerprint.of_bytes(query.data, "query"), catalogue)
        if query.work.unit is None:
            count.unknown += 1
            count.false += bool(found)
            count.false_matches += any(each.answer == MATCH for each in found)
            continue
        count.known += 1
        count.named += bool(found) and found[0].unit == query.work.unit
        count.matched += bool(found) and found[0].unit == query.work.unit and found[0].answer == MATCH
        count.wrong += any(each.unit != query.work.unit for each in found)
    return count


def _figures(subject: str, case: str, count: Count) -> Iterator[Figure]:
    yield Figure(BENCH, subject, case, "named right", round(count.named / max(1, count.known), 4), "share")
    yield Figure(BENCH, subject, case, "matched", round(count.matched / max(1, count.known), 4), "share")
    yield Figure(BENCH, subject, case, "wrong works named", float(count.wrong), f"of {count.known}")
    yield Figure(BENCH, subject, case, "unknown works named", float(count.false), f"of {count.unknown}")
    yield Figure(BENCH, subject, case, "unknown works matched", float(count.false_matches), f"of {count.unknown}")
