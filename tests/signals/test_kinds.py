"""Every kind has a family and a line in the reference, and the reference says nothing else."""

from pathlib import Path

from marque.signals.extract import EXTRACTORS
from marque.signals.kinds import families, reference
from marque.signals.model import FAMILIES
from marque.signals.rows import records

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "signals.md"
DATA = Path(__file__).parents[2] / "src" / "marque" / "signals" / "data"
NOT_KINDS = {"join-code", "next-address", "ad-sales", "matomo-host", "derived", "region", "pop-under", "editorial-mark"}


def test_every_row_names_a_known_kind() -> None:
    kinds = {row.kind for extractor in EXTRACTORS for row in extractor.rows}
    assert kinds - NOT_KINDS <= set(families())


def test_families_are_those_of_the_contract() -> None:
    assert set(families().values()) <= set(FAMILIES)


def test_the_reference_is_the_table() -> None:
    assert reference() in REFERENCE.read_text("utf-8")


def test_data_rows_say_where_they_are_from() -> None:
    for path in sorted(DATA.glob("*.csv")):
        if path.stem != "kinds":
            for line in records(path.stem):
                assert line["source"], path
                assert len(line["date"]) == 10, path
