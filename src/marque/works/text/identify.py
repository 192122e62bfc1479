"""Which units of a catalogue a text contains, and which of its parts are which of theirs.

Equal shingles are found exactly; those that advance together make stretches; what a second family of works shows in the
same place (a quotation, a licence, a preface) says nothing of any. A find does not say who copied from whom.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.works.media import Found, Span
from marque.works.text import decide, stretches
from marque.works.text.model import LETTERS, PAGES, TABLE, Hashes, Places
from marque.works.text.reference import Reference, search
from marque.works.text.shingles import LENGTHS
from marque.works.text.shown import shown, standing
from marque.works.text.stretches import Hits, Stretch

_AT_ONCE = 1_000_000  # hits held together
_AGAIN = 8  # times that a hash of the query is looked up
_LEAST = 1.0  # votes of a stretch that may count
_COMMON = 2.0  # votes of a stretch that makes its part of the query another family's too


def identify(query: pa.Table, reference: Reference) -> list[Found]:
    """The units found, the likeliest first; only `match` and `unsure`."""
    found = dict(_stretches(query, reference))
    length = pc.max(query["end"]).as_py() or 0
    share = _share_of(query)
    answers = []
    for unit, runs in found.items():
        charged = decide.charge(length, reference.length(unit))
        own = standing([run for run in _own(unit, runs, found, reference) if run.weight > charged], charged)
        chain = stretches.in_order(own)
        extent = decide.Extent(share(own), reference.length(unit), reference.pages(unit))
        score, answer = decide.answer(chain, charged, extent)
        if answer is not None:
            answers.append(_found(unit, score, answer, chain, reference))
    return sorted(answers, key=lambda each: (-each.score, each.unit))


def _share_of(query: pa.Table) -> Callable[[Sequence[Stretch]], float]:
    """What tells the share of the query's text that stretches run along, in any order.

    Kept shingles are counted, as dense in any text, each for as much of a page as its script makes it: what is no
    letter, or says the same again, does not thin out a text.
    """
    start, script = (query[name].to_numpy() for name in ("start", "script"))
    page = np.array([1 / PAGES.get(each, PAGES[LETTERS]) for each in range(256)])
    order = np.argsort(start, kind="stable")
    begins, filled = start[order], np.concatenate([[0.0], np.cumsum(page[script[order]])])

    def share(runs: Sequence[Stretch]) -> float:
        covered, reached = 0.0, 0
        for run in sorted(runs, key=lambda each: each.query_start):
            first, last = np.searchsorted(begins, [max(reached, run.query_start), max(reached, run.query_end)])
            covered += float(filled[last] - filled[first]) * run.owned
            reached = max(reached, run.query_end)
        return covered / max(float(filled[-1]), 1e-9)

    return share


def _stretches(query: pa.Table, reference: Reference) -> Iterator[tuple[int, list[Stretch]]]:
    """Each unit with stretches that may count."""
    hits = stretches.likely(_hits(query, reference))
    for unit, its in stretches.units_of(hits):
        runs = [run for run in stretches.find(its) if run.votes >= _LEAST]
        if runs:
            yield unit, runs


def _hits(query: pa.Table, reference: Reference) -> Hits:
    """All pairs of equal shingles that are not alone; looked up in parts, so that a long text costs no more memory."""
    hashes, start, end, script = (query.cast(TABLE)[name].to_numpy() for name in TABLE.names)
    kept = _seldom(hashes)
    hashes, start, end, script = hashes[kept], start[kept], end[kept], script[kept]
    parts = []
    for rows, found, vote in search(reference, hashes, _AT_ONCE):
        part = Hits(
            start[rows].astype(np.int64),
            end[rows].astype(np.int64),
            reference.start[found].astype(np.int64),
            reference.end[found].astype(np.int64),
            reference.unit_of(found),
            vote,
            script[rows],
        )
        parts.append(stretches.likely(part))
    return stretches.joined(parts)


def _seldom(hashes: Hashes) -> Places:
    """Rows of the query without those whose hash came often before: a text said a thousand times is asked for once."""
    order = np.argsort(hashes, kind="stable")
    begins = np.flatnonzero(np.append(True, hashes[order][1:] != hashes[order][:-1])[: len(hashes)])
    before = np.arange(len(hashes)) - np.repeat(begins, np.diff(np.append(begins, len(hashes))))
    return np.sort(order[before < _AGAIN]).astype(np.int64)


def _own(unit: int, runs: Sequence[Stretch], found: dict[int, list[Stretch]], reference: Reference) -> list[Stretch]:
    """The unit's stretches without phrases that a unit of another family shows as well."""
    others = [
        run
        for other, its in found.items()
        if reference.family[other] != reference.family[unit]
        for run in its
        if run.votes >= _COMMON
    ]
    for run in runs:
        beside = [other for other in others if other.query_start < run.query_end and run.query_start < other.query_end]
        run.own = [phrase for phrase in run.phrases if not any(other.covers(phrase[0]) for other in beside)]
    return [run for run in runs if run.own]


def _found(unit: int, score: float, answer: str, chain: Sequence[Stretch], reference: Reference) -> Found:
    of = max(1, math.ceil(reference.pages(unit)))
    covered = sum(run.end - run.start for run in chain)
    spans = tuple(
        Span(run.query_start, run.query_end, run.start, run.end, _distance(unit, run, reference))
        for run in shown(chain)
    )
    seen = min(of, max(1, round(of * covered / max(1, reference.length(unit)))))
    return Found(unit, score, answer, False, spans, seen, of)


def _distance(unit: int, run: Stretch, reference: Reference) -> int:
    """Roughly the share of letters in percent that differ: a shingle is lost with any of its letters."""
    first, last = reference.bounds[unit], reference.bounds[unit + 1]
    within = np.searchsorted(reference.start[first:last], [run.start, run.end])
    kept = min(1.0, run.hits / max(1, int(within[1] - within[0])))
    same: float = kept ** (1 / LENGTHS.get(run.script, LENGTHS[0]))
    return round(100 * (1 - same))
