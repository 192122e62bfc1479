"""The index benchmark: nothing missed, the frozen figures hold what was asked, and a small run is still that quick."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from marque.bench.identification import index, index_codes
from marque.bench.model import Figure

FROZEN = Path(index.__file__).parent / "frozen" / "index.json"
BATCH, ALONE = "query, in a batch of 256", "query, alone"
SIZE = "size on disk, with votes and places"
PEER = "FAISS IndexBinaryMultiHash(256, 16, 16)"


def frozen() -> dict[tuple[str, str, str], float]:
    rows: list[dict[str, Any]] = json.loads(FROZEN.read_text("utf-8"))
    return {(row["case"], row["subject"], row["metric"]): row["value"] for row in rows}


@pytest.mark.parametrize(
    ("case", "subject", "held"),
    [
        pytest.param("1000000 random codes", "marque", SIZE, id="a million"),
        pytest.param("1000000 drawn codes", "marque", SIZE, id="a million, leaning"),
        pytest.param("10000000 random codes", "marque", SIZE, id="ten million"),
        pytest.param("10000000 drawn codes", "marque, twelve words", "size on disk", id="leaning, searched as before"),
    ],
)
def test_the_frozen_figures_hold_what_was_asked(case: str, subject: str, held: str) -> None:
    rows = frozen()
    for metric in (BATCH, ALONE):
        assert rows[case, PEER, metric] / rows[case, subject, metric] >= 10
    for one in (subject, f"{subject}, numpy only", PEER):
        assert (rows[case, one, "recall"], rows[case, one, "wrong"]) == (1, 0)
    assert rows[case, subject, held] <= 100
    assert rows[case, subject, "open"] <= 50


@pytest.mark.parametrize("kind", index.KINDS)
def test_a_page_against_a_million_panels_takes_less_than_half_a_second(kind: str) -> None:
    rows, case = frozen(), f"25000000 {kind} codes"
    assert rows[case, "marque", f"a page of {index.EPISODE} codes"] < 0.5
    assert (rows[case, "marque", "recall"], rows[case, "marque", "wrong"]) == (1, 0)
    assert rows[case, "marque", SIZE] <= 100


def test_an_unknown_page_asked_three_ways_and_decoded_takes_less_than_half_a_second() -> None:
    rows = frozen()
    asked = f"an unknown page of {index.EPISODE} codes, mirrored and negative too"
    (decoding,) = (value for (case, _, metric), value in rows.items() if metric == "decoding")
    assert rows["25000000 drawn codes", "marque", asked] + decoding < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("kind", index.KINDS)
def test_a_small_run_misses_nothing_and_beats_comparing(kind: str) -> None:
    pytest.importorskip("faiss")
    found = {(f.subject, f.metric): f.value for f in index.run([200_000], 3, [kind]) if isinstance(f, Figure)}
    for subject in ("marque", "marque, numpy only", PEER, "FAISS IndexBinaryFlat"):
        assert (found[subject, "recall"], found[subject, "wrong"]) == (1, 0)
    assert found["marque", SIZE] <= 100
    assert found["marque", BATCH] < found["FAISS IndexBinaryFlat", BATCH]


def test_drawn_codes_lean_and_random_ones_do_not() -> None:
    spread = {kind: np.unpackbits(index_codes.codes(kind, 4_000, 1), axis=1).mean(axis=0).std() for kind in index.KINDS}
    assert spread[index_codes.DRAWN] > 2 * spread[index_codes.RANDOM]
    assert (index_codes.codes(index_codes.DRAWN, 50, 1) == index_codes.codes(index_codes.DRAWN, 50, 1)).all()


def test_near_codes_are_within_the_radius() -> None:
    stored = index_codes.codes(index_codes.RANDOM, 300, 2)
    asked = index_codes.near(stored, 50, 2)
    away = np.bitwise_count(asked[:, None] ^ stored[None]).sum(axis=2).min(axis=1)
    assert away.max() <= 31 and away.max() > 20
