"""Which units of a catalogue a sound contains, and when in it which part of them plays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works.audio import again, agree, decide, model
from marque.works.audio.agree import Hits, Integers
from marque.works.audio.decide import Evidence
from marque.works.audio.model import Codes
from marque.works.audio.patches import SECONDS
from marque.works.audio.reference import Reference
from marque.works.media import Found, Span

NEAR = 90  # bits: codes of the same sound under noise or at another tempo lie below, of other sounds hardly any
CLOSER = 8  # bits by which a code must be nearer to a unit than to any other to say anything of it
MOST = 32  # hits of a query code: by chance it has one in some hundred thousand codes
_NEVER = 1 << 20
_NONE = np.zeros(0, np.int64)


def identify(query: pa.Table, reference: Reference) -> list[Found]:
    """Units that the query contains or may contain, by score and number."""
    asked = model.read(query)
    found = []
    own = _own(asked)
    for unit, hits in _hits(asked, reference):
        runs = [run for run in agree.runs(hits) if decide.counts(_evidence([run], own, reference))]
        score, answer = decide.answer(_evidence(runs, own, reference))
        if runs and answer is not None:
            spans = tuple(_span(run, asked, reference.seconds[unit]) for run in runs)
            found.append(Found(unit, score, answer, False, spans, _seen(spans), _of(reference.seconds[unit])))
    return sorted(found, key=lambda one: (-one.score, one.unit))


def _hits(asked: Codes, reference: Reference) -> Iterator[tuple[int, Hits]]:
    """Hits of each unit that has enough of them, by number."""
    query, code, distance = _nearest(asked, reference)
    owner = reference.unit[code]
    weight = (reference.votes[code] & ~_elsewhere(query, reference.twins[owner], distance)).astype(np.float64)
    hits = Hits(
        query,
        code,
        asked.time[query].astype(np.float64),
        asked.pitch[query].astype(np.float64),
        reference.time[code].astype(np.float64),
        reference.pitch[code].astype(np.float64),
        distance,
        weight,
    )
    order = np.argsort(owner, kind="stable")
    numbers, starts, counts = np.unique(owner[order], return_index=True, return_counts=True)
    for unit, start, count in zip(numbers.tolist(), starts.tolist(), counts.tolist(), strict=True):
        rows = order[start : start + count]
        if weight[rows].sum() >= agree.LEAST:
            yield unit, hits.only(rows)


def _nearest(asked: Codes, reference: Reference) -> tuple[Integers, Integers, Integers]:
    """Query code, code and bits of the MOST nearest pairs of each query code."""
    found = [(_NONE, _NONE, _NONE)]
    for query, code, distance in reference.keys.batches(asked.codes, NEAR):
        order = np.lexsort((code, distance, query))
        rank = np.arange(len(order)) - np.searchsorted(query[order], query[order])
        kept = order[rank < MOST]
        found.append((query[kept], code[kept], distance[kept]))
    query, code, distance = (np.concatenate([part[side] for part in found]) for side in range(3))
    return query, code, distance


def _elsewhere(query: Integers, work: Integers, distance: Integers) -> npt.NDArray[np.bool_]:
    """Which hits another recording explains nearly as well."""
    order = np.lexsort((distance, query))
    asked, named, apart = query[order], work[order], distance[order]
    starts = np.flatnonzero(np.diff(asked, prepend=-1))
    own = np.cumsum(np.diff(asked, prepend=-1) != 0) - 1  # to which query code each row belongs
    first, nearest = named[starts][own], apart[starts][own]
    rival = np.where(named != first, apart, _NEVER)
    second = np.minimum.reduceat(rival, starts)[own] if len(starts) else rival
    torn = np.zeros(len(order), np.bool_)
    torn[order] = np.where(named == first, second, nearest) <= apart + CLOSER
    return torn


@dataclass(frozen=True, slots=True)
class _Own:
    """Of each code of the query: its second, the first that sounds like it, whether its second is new there."""

    second: Integers
    first: Integers
    fresh: npt.NDArray[np.bool_]


def _own(asked: Codes) -> _Own:
    second, first = asked.time.astype(np.int64), again.firsts(asked.codes)
    return _Own(second, first, again.fresh(first, second))


def _evidence(runs: list[Hits], own: _Own, reference: Reference) -> Evidence:
    """What agrees in some runs, on the side where it is less: what comes again counts once."""
    voting = [run.only(run.weight > 0) for run in runs]
    here = np.unique(np.concatenate([_NONE, *(own.first[run.query] for run in voting)]))
    there = np.unique(np.concatenate([_NONE, *(reference.first[run.code] for run in voting)]))
    seconds = np.unique(own.second[here[own.fresh[here]]])
    seconds_there = np.unique(reference.time[there[reference.fresh[there]]].astype(np.int64))
    return Evidence(min(len(here), len(there)), min(len(seconds), len(seconds_there)))


def _span(run: Hits, asked: Codes, seconds: float) -> Span:
    """From half a patch before the first place to half a patch after the last, on both sides alike."""
    half = SECONDS / 2
    before = min(half, float(run.at[0]), float(run.there[0]))
    after = min(half, asked.seconds - float(run.at[-1]), seconds - float(run.there[-1]))
    return Span(
        round(float(run.at[0]) - before, 2),
        round(float(run.at[-1]) + after, 2),
        round(float(run.there[0]) - before, 2),
        round(float(run.there[-1]) + after, 2),
        int(np.median(run.distance)),
    )


def _seen(spans: tuple[Span, ...]) -> int:
    """Seconds of the unit that were found."""
    return len({second for span in spans for second in range(int(span.start), max(int(span.start) + 1, int(span.end)))})


def _of(seconds: float) -> int:
    return max(1, int(seconds))
