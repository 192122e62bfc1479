"""Lists of sellers: what an entry gives, and what a broken or hostile file costs."""

import json
import time
from pathlib import Path

import pytest

from marque.errors import WrongUsage
from marque.money.sellers import sellers_json
from marque.money.sellers.sellers_json import SellerList, parse

REAL = Path(__file__).parents[3] / ".." / "shared" / "data" / "reference" / "adtech"


def listed(*entries: object, head: str = '"version": "1.0"') -> SellerList:
    return parse(f'{{{head}, "sellers": {json.dumps(entries)}}}'.encode(), "ads.test", "sellers.json")


ENTRIES = [
    pytest.param({"seller_id": " AB-1 ", "seller_type": "PUBLISHER"}, ("ab-1", "publisher", None, None), id="plain"),
    pytest.param({"seller_id": 7, "seller_type": "both"}, ("7", "both", None, None), id="number, lower case"),
    pytest.param(
        {"seller_id": "2", "seller_type": "INTERMEDIARY", "domain": "Ads.Example", "is_confidential": 0},
        ("2", "intermediary", "ads.example", False),
        id="says that it is not confidential",
    ),
    pytest.param(
        {"seller_id": "3", "seller_type": "PUBLISHER", "is_confidential": 1},
        ("3", "publisher", None, True),
        id="confidential",
    ),
    pytest.param({"seller_id": "4", "seller_type": "KING", "ext": {"x": {}}}, ("4", None, None, None), id="odd type"),
    pytest.param({"seller_id": "5"}, ("5", None, None, None), id="no type"),
]


@pytest.mark.parametrize(("entry", "expected"), ENTRIES)
def test_an_entry(entry: dict[str, object], expected: tuple[object, ...]) -> None:
    (seller,) = listed(entry).sellers
    assert (seller.account, seller.kind, seller.domain, seller.confidential) == expected
    assert seller.system == "ads.test"
    assert seller.record.endswith(":0")


@pytest.mark.parametrize("entry", [3, "x", None, [1], {}, {"seller_id": None}, {"seller_id": True}, {"seller_id": " "}])
def test_what_is_no_entry_is_named_and_the_rest_goes_on(entry: object) -> None:
    found = listed(entry, {"seller_id": "1", "seller_type": "PUBLISHER"})
    assert [seller.account for seller in found.sellers] == ["1"]
    assert [(problem.code, problem.place) for problem in found.problems] == [("money.sellers-entry", "sellers.json:0")]


def test_a_list_cut_short_gives_what_stands_before_the_cut() -> None:
    text = json.dumps({"sellers": [{"seller_id": str(n), "seller_type": "PUBLISHER"} for n in range(5)]})
    found = parse(text[:-30].encode(), "ads.test", "sellers.json")
    assert [seller.account for seller in found.sellers] == ["0", "1", "2", "3"]
    assert [problem.code for problem in found.problems] == ["money.sellers-not-json", "money.sellers-entry"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"sellers": 3}', b"\xff\xfe\x00"])
def test_a_file_without_a_list_says_so(data: bytes) -> None:
    assert "money.sellers-no-list" in {problem.code for problem in parse(data, "ads.test", "x").problems}


HOSTILE = [
    pytest.param(b"{" * 2_000_000, id="braces"),
    pytest.param(b'{"a":' * 400_000, id="nested"),
    pytest.param(b'{"seller_id":"' * 150_000, id="open strings"),
    pytest.param(b"[" * 1_000_000, id="brackets"),
    pytest.param(b"{}," * 300_000, id="empty entries"),
]


@pytest.mark.slow
@pytest.mark.parametrize("junk", HOSTILE)
def test_junk_costs_little(junk: bytes) -> None:
    before = time.process_time()
    found = parse(b'{"sellers":[' + junk, "ads.test", "x")
    assert found.sellers == ()
    assert len(found.problems) <= 1_000
    assert time.process_time() - before < 5


def test_names_are_cut_and_cannot_move_the_cursor() -> None:
    (seller,) = listed({"seller_id": "1", "seller_type": "PUBLISHER", "name": "\x1b[2J" + "n" * 999}).sellers
    assert seller.name is not None
    assert seller.name.isprintable()
    assert len(seller.name) <= sellers_json.MAX_TEXT


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        sellers_json.read(tmp_path / "none.json", "ads.test")


@pytest.mark.realdata
@pytest.mark.skipif(not REAL.is_dir(), reason="no shared folder")
@pytest.mark.parametrize("path", sorted(REAL.glob("*/sellers.json")), ids=lambda path: path.parent.name)
def test_every_entry_of_real_lists_is_read(path: Path) -> None:
    found = sellers_json.read(path, "ads.test")
    assert len(found.sellers) == path.read_text("utf-8-sig").count('"seller_id"')
    assert {problem.code for problem in found.problems} <= {"money.sellers-not-json"}
