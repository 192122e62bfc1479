"""When a site changed hands, and which of its links lean on what it held before."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from marque.networks import planted, tenures, ties
from marque.networks.model import LINKS

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
Held = tuple[str, str, str, int, int]


def cuts(*held: Held) -> dict[int, int]:
    engine = ties.connect()
    rows = [dict(zip(("grp", "kind", "value", "since", "until"), row, strict=True)) for row in held]
    ties.put(engine, "exclusive", pa.Table.from_pylist([{"site": 1, "slot": "", **row} for row in rows]))
    engine.execute(planted.SLOTS)
    found = tenures.changed(engine)
    engine.close()
    return found


OLD: Sequence[Held] = [("identity", "email", "a", 0, 10), ("payment", "iban", "a", 0, 12)]


@pytest.mark.parametrize(
    ("held", "cut"),
    [
        pytest.param([*OLD, ("identity", "email", "b", 20, 30), ("payment", "iban", "b", 21, 30)], {1: 21}, id="sold"),
        pytest.param([*OLD, ("identity", "email", "b", 20, 30)], {}, id="a new contact alone"),
        pytest.param(
            [*OLD, ("identity", "email", "b", 20, 30), ("payment", "iban", "b", 11, 30)], {}, id="one overlaps"
        ),
        pytest.param(
            [*OLD, ("identity", "email", "b", 14, 16), ("payment", "iban", "b", 40, 50)], {1: 40}, id="slow to change"
        ),
        pytest.param(
            [*OLD, ("identity", "iban", "x", 20, 30), ("payment", "iban", "c", 5, 40)], {}, id="nothing ended"
        ),
        pytest.param(
            [("identity", "email", str(turn), 10 * turn, 10 * turn + 1) for turn in range(20)],
            {},
            id="too many to tell",
        ),
    ],
)
def test_a_cut_needs_two_provenances(held: Sequence[Held], cut: dict[int, int]) -> None:
    assert cuts(*held) == cut


def test_links_that_lean_on_what_was_held_before() -> None:
    def row(b: str, *days: int) -> dict[str, object]:
        moments = [BEGIN + timedelta(days=day) for day in days]
        counted = {"kind": "email", "counted": True, "supports": True, "sites": 2}
        return {"site_a": "sold.example", "site_b": b, "reasons": [{**counted, "a_last": last} for last in moments]}

    links = pa.Table.from_pylist([row("old.example", 5, 7), row("kept.example", 5, 90), row("x.example")], schema=LINKS)
    cut = round((BEGIN + timedelta(days=50)).timestamp() * 1_000_000)
    assert tenures.former(links, {"sold.example": cut}).tolist() == [True, False, False]
    assert not tenures.former(links, {}).any()
