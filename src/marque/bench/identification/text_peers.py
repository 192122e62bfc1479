"""The peer: datasketch's MinHash LSH over passages, as near-duplicate pipelines use it; and the plain Jaccard of each.

Peers get the same queries as plain UTF-8 text, case folded, without spaces. A passage is named where LSH proposes it
and the estimated Jaccard is at least the radius; the radius is chosen for them, the least at which nothing unknown was
named, so that no threshold of ours is held against them.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from marque.bench.identification.text_attacks import ATTACKS, MAIN, Attack
from marque.bench.model import Absent, Figure

PASSAGE, STRIDE, SHINGLE, PERMUTATIONS, THRESHOLD = 1_000, 500, 5, 128, 0.15
SUBJECT = "datasketch MinHashLSH, passages"
ROWS = ("as it is, 500 characters", "as it is, 1,000 characters", MAIN, "10 % scanning errors, 1,000 characters")


class Work(Protocol):
    """What a peer must know of a work."""

    @property
    def text(self) -> str: ...

    @property
    def unit(self) -> int | None: ...


class Query(Protocol):
    """What a peer must know of a query."""

    @property
    def work(self) -> Any: ...

    @property
    def data(self) -> bytes: ...


def peers(bench: str, shelf: Sequence[Work], asks: Callable[[Attack], Iterator[Query]]) -> Iterator[Figure | Absent]:
    """Recall at no unknown work named, a row an attack."""
    try:
        import datasketch
    except ImportError:
        yield Absent(bench, SUBJECT, "datasketch")
        return
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    kept: dict[str, Any] = {}
    begun = time.process_time()
    for work in shelf:
        for number, passage in enumerate(_passages(work.text) if work.unit is not None else ()):
            kept[f"{work.unit} {number}"] = _sketch(passage)
    for name, sketch in kept.items():
        index.insert(name, sketch)
    characters = sum(len(work.text) for work in shelf if work.unit is not None)
    spent = time.process_time() - begun
    yield Figure(bench, SUBJECT, "all", "fingerprinting and index", round(characters / spent / 1e6, 3), _SPEED)
    for attack in (attack for attack in ATTACKS if attack.name in ROWS):
        yield from _row(bench, attack.name, list(asks(attack)), index, kept)


_SPEED = "million characters a CPU s"


def _passages(text: str) -> Iterator[str]:
    for start in range(0, max(1, len(text) - STRIDE), STRIDE):
        yield text[start : start + PASSAGE]


def _sketch(text: str) -> Any:
    import datasketch

    bare = "".join(text.lower().split())
    sketch = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch([bare[at : at + SHINGLE].encode() for at in range(max(1, len(bare) - SHINGLE + 1))])
    return sketch


def _row(bench: str, case: str, asked: Sequence[Query], index: Any, kept: dict[str, Any]) -> Iterator[Figure]:
    begun = time.process_time()
    said = [_nearest(query.data.decode("utf-8", "replace"), index, kept) for query in asked]
    spent = (time.process_time() - begun) / len(asked)
    known = [
        (query.work.unit, *answer) for query, answer in zip(asked, said, strict=True) if query.work.unit is not None
    ]
    strange = [alike for query, (_, alike) in zip(asked, said, strict=True) if query.work.unit is None]
    wrong = [alike for unit, name, alike in known if name != unit]
    least = float(np.nextafter(max([0.0, *strange, *wrong]), 1.0))
    right = sum(name == unit and alike >= least for unit, name, alike in known)
    yield Figure(bench, SUBJECT, case, "named right", round(right / max(1, len(known)), 4), "share")
    yield Figure(bench, SUBJECT, case, "least Jaccard that names nothing wrong", round(least, 4), "share")
    yield Figure(bench, SUBJECT, case, "time of a query", round(1000 * spent, 2), "CPU ms")


def _nearest(text: str, index: Any, kept: dict[str, Any]) -> tuple[int | None, float]:
    sketch = _sketch(text)
    found = [(float(sketch.jaccard(kept[name])), int(name.split()[0])) for name in sorted(index.query(sketch))]
    alike, unit = max(found, default=(0.0, -1))
    return (unit if unit >= 0 else None), alike
