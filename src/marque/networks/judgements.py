"""What analysts decided: same operator, not the same, unsure. An input like any other, never silently overruled.

A person's last word on a pair replaces that person's earlier ones, so every judgement can be taken back: `unsure`
withdraws and decides nothing. Where two people disagree, not-same holds: a wrongly parted network costs less than a
wrongly accused site.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import pyarrow as pa

from marque import clock
from marque.errors import InputRefused
from marque.networks.model import JUDGEMENTS

Pair = tuple[str, str]
Voice = tuple[int, str]  # verdict, and who holds it
SAME, NOT_SAME = 1, -1
_WORDS = {"same": SAME, "not-same": NOT_SAME, "unsure": 0}


def decided(judgements: pa.Table | None, kind: str = "link") -> dict[Pair, int]:
    """SAME or NOT_SAME per pair of names in order; pairs nobody decided are absent."""
    return {pair: verdict for pair, (verdict, _) in voices(judgements, kind).items()}


def voices(judgements: pa.Table | None, kind: str = "link") -> dict[Pair, Voice]:
    """As `decided`, with the pseudonyms of those who hold it."""
    last: dict[tuple[Pair, str], tuple[int, int]] = {}
    for row in _rows(judgements, kind):
        first, second = sorted((str(row["a"]), str(row["b"])))
        key = (first, second), str(row["by"] or "")
        moment = row["time"]
        when = clock.to_microseconds(_utc(moment)) if isinstance(moment, datetime) else -1
        turn = (when, -_WORDS[str(row["judgement"])])
        if key not in last or turn >= last[key]:
            last[key] = turn
    found: dict[Pair, Voice] = {}
    pairs = sorted({pair for pair, _ in last})
    for pair in pairs:
        by = {person: -turn[1] for (of, person), turn in last.items() if of == pair and turn[1]}
        if by:
            verdict = NOT_SAME if NOT_SAME in by.values() else SAME
            found[pair] = verdict, ",".join(sorted(person for person, word in by.items() if word == verdict))
    return found


def _rows(judgements: pa.Table | None, kind: str) -> list[Mapping[str, object]]:
    if judgements is None:
        return []
    missing = [name for name in ("kind", "a", "b", "judgement") if name not in judgements.column_names]
    if missing:
        raise InputRefused("networks.judgement-columns", columns=", ".join(missing))
    full = {name: judgements[name] if name in judgements.column_names else None for name in JUDGEMENTS.names}
    columns = {n: c.to_pylist() if c is not None else [None] * judgements.num_rows for n, c in full.items()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    strange = sorted({str(row["judgement"]) for row in rows} - set(_WORDS))
    if strange:
        raise InputRefused("networks.judgement-word", word=strange[0])
    return [row for row in rows if row["kind"] == kind and row["a"] != row["b"]]


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
