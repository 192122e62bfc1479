"""Tag packs: fields a tag takes from its pack, tags that nobody could check, hostile packs."""

from pathlib import Path

import pytest

from marque.errors import InputRefused, WrongUsage
from marque.money.ledger import tags
from marque.money.ledger.tags import TagPack, entities, read
from tests.money.ledger.chains import btc

PACK = f"""\
title: Donation addresses
creator: An agency
description: Seen on pages
lastmod: 2026-11-01
currency: BTC
source: https://agency.example/report
tags:
  - address: {btc(1)}
    label: Some Exchange
    category: exchange
    confidence: service_data
  - address: "{btc(2)}"
    label: shop
    actor: big_shop
    source: https://shop.example/pay
  - address: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
    currency: ETH
    label: NO
"""


def packed(folder: Path, text: str) -> TagPack:
    path = folder / "pack.yaml"
    path.write_text(text, "utf-8")
    return read(path)


def test_a_tag_takes_from_its_pack_what_it_does_not_say_itself(tmp_path: Path) -> None:
    pack = packed(tmp_path, PACK)
    one, two, three = pack.tags
    assert (pack.title, pack.creator, pack.problems) == ("Donation addresses", "An agency", ())
    assert (one.address, one.label, one.source) == (("btc", btc(1)), "Some Exchange", "https://agency.example/report")
    assert (one.confidence, one.category, one.lastmod, one.entity) == (
        "service_data",
        "exchange",
        "2026-11-01",
        "some exchange",
    )
    assert (two.source, two.entity) == ("https://shop.example/pay", "big_shop")
    assert (three.address, three.label) == (("eth", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), "NO")
    assert [tag.record.rpartition(":")[2] for tag in pack.tags] == ["0", "1", "2"]


LACKING = [
    pytest.param(f"  - address: {btc(1)}\n    source: s\n    currency: BTC\n", "label", id="no label"),
    pytest.param(f"  - address: {btc(1)}\n    label: l\n    currency: BTC\n", "source", id="nobody could check it"),
    pytest.param("  - label: l\n    source: s\n    currency: BTC\n", "address", id="no address"),
    pytest.param(f"  - address: {btc(1)}\n    label: l\n    source: s\n", "currency", id="no chain"),
    pytest.param("  - address: me\n    label: l\n    source: s\n    currency: BTC\n", "address", id="not an address"),
    pytest.param("  - just text\n", "address", id="not a tag"),
]


@pytest.mark.parametrize(("entry", "field"), LACKING)
def test_a_tag_that_lacks_something_is_named_and_the_rest_goes_on(entry: str, field: str, tmp_path: Path) -> None:
    sound = f"  - address: {btc(2)}\n    label: l\n    source: s\n    currency: BTC\n"
    pack = packed(tmp_path, "title: t\ncreator: c\ntags:\n" + entry + sound)
    assert [(problem.place, problem.detail) for problem in pack.problems] == [("pack.yaml:0", field)]
    assert len(pack.tags) == 1


NO_PACK = [
    pytest.param("creator: c\ntags:\n  - a\n", "money.tags-head", id="no title"),
    pytest.param("title: t\ntags:\n  - a\n", "money.tags-head", id="no creator"),
    pytest.param("title: t\ncreator: c\n", "money.tags-head", id="no tags"),
    pytest.param("- a\n", "money.tags-head", id="a list"),
    pytest.param("a: &b c\n", "money.tags-not-plain", id="an anchor"),
    pytest.param("\udcff", "money.tags-unreadable", id="not UTF-8"),
]


@pytest.mark.parametrize(("text", "code"), NO_PACK)
def test_what_is_no_pack_is_refused(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert refused.value.code == code


def test_a_missing_or_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUsage):
        read(tmp_path / "none.yaml")
    monkeypatch.setattr(tags, "MAX_BYTES", 10)
    with pytest.raises(InputRefused, match="file-too-large"):
        packed(tmp_path, PACK)
    monkeypatch.setattr(tags, "MAX_BYTES", 10_000)
    monkeypatch.setattr(tags, "MAX_TAGS", 2)
    pack = packed(tmp_path, PACK)
    assert (len(pack.tags), [problem.code for problem in pack.problems]) == (2, ["money.tags-too-many"])


def test_packs_that_disagree_are_both_heard(tmp_path: Path) -> None:
    pack = packed(tmp_path, PACK + f"  - address: {btc(1)}\n    label: Somebody Else\n")
    assert entities(pack.tags)["btc", btc(1)] == "some exchange / somebody else"
