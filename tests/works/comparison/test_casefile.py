"""A case file beside the originals: a licensed outlet is called one, whoever of the two knows of the licence."""

import os
from pathlib import Path

import pyarrow as pa
import pytest
from Crypto.PublicKey import ECC

from marque.digest import canonical_json, sha256
from marque.evidence import parcel
from marque.works import mediums
from marque.works.catalogue import Catalogue
from marque.works.comparison import casefile, page
from marque.works.comparison.model import Comparison
from marque.works.entries import Work
from marque.works.model import RIGHTS
from tests.works.writing import prose

KEY = ECC.generate(curve="Ed25519")
STORY = prose(5)
SHOWN = {"match": STORY[2_000:9_000], "nothing": prose(6)[:4_000]}
CASE = {"site": "reader.example", "work": "moon", "medium": "text", "unit": "book", "language": "", "answer": "match"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "book.txt").write_text(STORY)
    made = Catalogue.create(folder / "c")
    made.add_file(mediums.text(), Work("moon", {}, None), "book", "", folder / "book.txt")
    return folder


def compared(home: Path, path: Path, shown: str, time: str, *, licensed: object) -> Comparison:
    data = shown.encode()
    record = {"uri": "https://reader.example/1", "site": "reader.example", "time": time, "sha256": sha256(data)}
    matches = [{**CASE, "page": "p", "licensed": licensed, "records": ["p"]}]
    body = {"format": 1, "run": "r", "work": "moon", "matches": matches, "records": {"p": record}}
    parcel.write(path, casefile.KIND, body, [(sha256(data), data)], KEY)
    return casefile.compare(Catalogue.open(home / "c"), path, [home / "book.txt"])[0]


def named(home: Path, ends: str | None) -> None:
    row = {"work": "moon", "holder": "H", "territory": "", "language": "", "outlet": "reader.example", "to": ends}
    rows = [] if ends is None else [{**row, "from": None, "to": pa.scalar(ends).cast(pa.date32()).as_py()}]
    Catalogue.open(home / "c").replace_rights(pa.Table.from_pylist(rows, schema=RIGHTS))


@pytest.mark.parametrize(
    ("answer", "office", "ends", "time", "says"),
    [
        pytest.param("match", True, None, "2026-03-01T10:00:00+00:00", ["case-file"], id="the office knows"),
        pytest.param("match", False, "2026-12-31", "2026-03-01T10:00:00+00:00", ["catalogue"], id="the holder knows"),
        pytest.param("match", True, "2026-12-31", "2026-03-01", ["case-file", "catalogue"], id="both know"),
        pytest.param("match", False, "2026-12-31", "", ["catalogue"], id="time unknown"),
        pytest.param("match", False, "2026-12-31", "once", ["catalogue"], id="time unreadable"),
        pytest.param("match", False, "2025-12-31", "2026-03-01T10:00:00+00:00", [], id="ended before"),
        pytest.param("match", False, None, "2026-03-01T10:00:00+00:00", [], id="nobody knows"),
        pytest.param("nothing", True, None, "2026-03-01T10:00:00+00:00", ["case-file"], id="nothing found"),
    ],
)
def test_a_licensed_outlet_is_never_a_mere_match(
    home: Path, tmp_path: Path, answer: str, office: bool, ends: str | None, time: str, says: list[str]
) -> None:
    named(home, ends)
    found = compared(home, tmp_path / "case.parcel", SHOWN[answer], time, licensed=office)
    copies = page.facts(found, "")["copies"]
    assert isinstance(copies, list)
    (copy,) = copies
    assert (copy["answer"], copy["licensed"], copy["licensed_by"]) == (answer.replace("nothing", ""), bool(says), says)
    text = page.render(found, "").decode()
    assert ("<dd>Match. " in text) is (answer == "match" and not says)
    assert ("<dd>Licensed outlet at the time of the capture. " in text) is bool(says)
    assert ("<h2>1. https://reader.example/1 (licensed outlet)</h2>" in text) is bool(says)


def test_a_copy_whose_name_is_no_utf_8_is_compared(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / os.fsdecode(b"page\xff.txt")
    copy.write_text(STORY[2_000:9_000])
    found, _ = casefile.compare(Catalogue.open(home / "c"), copy, [home / "book.txt"])
    assert found.sections[0].answer == "match"
    assert page.render(found, "") and canonical_json(page.facts(found, ""))
