"""Covers a person adds, sends to a partner, finds on a page and in a file."""

from pathlib import Path

import pytest
from Crypto.PublicKey import ECC

from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.works import aligned, captured, check, partners, paths
from marque.works.catalogue import Catalogue
from marque.works.entries import COVER, Work
from marque.works.mediums import MEDIUMS
from tests.works.cover import covers
from tests.works.exchanges import document, exchange

MOON, SUN = Work("moon", {"en": "Moon River"}, "Holder"), Work("sun", {}, None)


def put(path: Path, series: int, volume: int = 1, attack: str = "400 px, quality 80") -> Path:
    path.write_bytes(covers.ATTACKS[attack](covers.cover(series, volume)))
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("covers")
    catalogue = Catalogue.create(folder / "c")
    paths.add_covers(catalogue, MOON, None, "en", [put(folder / "v1.jpg", 1), put(folder / "v2.jpg", 1, 2)])
    paths.add_covers(catalogue, SUN, None, "", [put(folder / "sun.jpg", 2)])
    paths.add_covers(catalogue, SUN, "hardback", "", [put(folder / "hard.jpg", 3)])
    return folder


def test_a_work_has_several_covers_each_by_its_name(home: Path) -> None:
    catalogue = Catalogue.open(home / "c")
    assert [(unit.work, unit.unit, unit.language) for unit in catalogue.units(COVER)] == [
        ("moon", "cover v1", "en"), ("moon", "cover v2", "en"), ("sun", "cover", ""), ("sun", "hardback", ""),
    ]  # fmt: skip
    assert catalogue.units() == [] and catalogue.media() == (COVER,)
    assert {finding.grade for finding in check.verify(home / "c")} == {"ok"}
    assert not [file for file in (home / "c").rglob("*") if file.suffix in {".jpg", ".png"}]


def test_a_picture_file_names_its_cover(home: Path, tmp_path: Path) -> None:
    catalogue = Catalogue.open(home / "c")
    seen = paths.shown(put(tmp_path / "q.jpg", 1, 2, "mirrored"), catalogue)
    rows, problems = seen.rows, seen.problems
    assert problems == []
    assert [(row["work"], row["unit"], row["medium"], row["answer"], row["mirrored"]) for row in rows] == [
        ("moon", "cover v2", COVER, "unsure", True)
    ]
    assert rows[0]["pieces"][0]["query"]["file"] == str(tmp_path / "q.jpg")


def test_a_folder_names_every_cover_in_it(home: Path, tmp_path: Path) -> None:
    for series in (1, 2, 77):
        put(tmp_path / f"{series}.jpg", series, 1, "100 px, quality 30")
    (tmp_path / "bad.jpg").write_bytes(b"\xff\xd8\xff" + bytes(20))
    seen = paths.shown(tmp_path, Catalogue.open(home / "c"))
    rows, problems = seen.rows, seen.problems
    assert [row["work"] for row in rows] == ["moon", "sun"]
    assert [problem.code for problem in problems] == ["works.image-damaged"] or len(problems) == 1


@pytest.mark.parametrize(
    ("files", "edition", "kind", "code"),
    [
        pytest.param([], "x", InputRefused, "works.no-files", id="none"),
        pytest.param(["v1.jpg", "v2.jpg"], "x", WrongUsage, "works.one-cover", id="two of one name"),
        pytest.param(["v1.jpg", "again/v1.jpg"], None, WrongUsage, "works.cover-double", id="two of one file name"),
        pytest.param(["v1.jpg", "white.png"], None, InputRefused, "works.cover-empty", id="a white one"),
        pytest.param(["v1.jpg", "text.txt"], None, InputRefused, "works.image-unknown", id="a text"),
        pytest.param(["v1.jpg", "copy.jpg"], None, InputRefused, "works.unit-double", id="the same twice"),
    ],
)
def test_what_is_no_cover_is_refused(
    tmp_path: Path, files: list[str], edition: str | None, kind: type[MarqueError], code: str
) -> None:
    (tmp_path / "again").mkdir()
    for name in ("v1.jpg", "again/v1.jpg", "copy.jpg"):
        put(tmp_path / name, 1)
    put(tmp_path / "v2.jpg", 1, 2)
    covers.cover(1).point([255] * 768).save(tmp_path / "white.png")
    (tmp_path / "text.txt").write_text("no picture")
    catalogue = Catalogue.create(tmp_path / "c")
    with pytest.raises(kind) as refused:
        paths.add_covers(catalogue, MOON, edition, "", [tmp_path / name for name in files])
    assert refused.value.code == code
    assert len(catalogue.units(COVER)) == (code == "works.unit-double")


def test_a_partner_brings_covers(home: Path, tmp_path: Path) -> None:
    partners.export(Catalogue.open(home / "c"), tmp_path / "p", ECC.generate(curve="Ed25519"))
    there = Catalogue.create(tmp_path / "there")
    assert partners.bring_in(there, tmp_path / "p", True).units == 4
    assert there.digest == Catalogue.open(home / "c").digest


def test_each_payload_of_a_capture_is_looked_at_once_in_one_session() -> None:
    medium = MEDIUMS[COVER]()
    data = covers.jpeg(covers.cover(2), 160, 50)
    given = [document(1, "<img>"), document(2, "<img>"), document(3, "<img>", verdict="challenge")]
    given += [exchange(10 + page, f"https://x.example/{page}.jpg", data, page=page) for page in (1, 2)]
    given += [exchange(20, "https://x.example/bad.jpg", b"\xff\xd8\xff" + bytes(30), page=1)]
    given += [exchange(30, "https://x.example/big.jpg", covers.jpeg(covers.cover(2), 800, 50), page=1)]
    with captured.Collector([medium]) as collector:
        for each in given:
            collector.take(each)
        ((_, table),) = collector.tables()
    found = list(captured.queries(table, medium))
    assert [(where["page"], where["record"]) for where, _ in found] == [("cap:1", "cap:11"), ("cap:2", "cap:12")]
    assert list(captured.problems_of([table])) == ["cap:20"]


def test_without_covers_no_picture_is_decoded_again() -> None:
    """A catalogue that has none asks for none: the collector does not even look at pictures."""
    with captured.Collector([MEDIUMS["text"]()]) as collector:
        collector.take(exchange(10, "https://x.example/1.jpg", b"\xff\xd8\xff" + bytes(30), page=1))
        ((_, table),) = collector.tables()
    assert table.num_rows == 0


def test_a_licence_says_nothing_of_covers(home: Path) -> None:
    catalogue = Catalogue.open(home / "c")
    medium = MEDIUMS[COVER]()
    with captured.Collector([medium]) as collector:
        picture = covers.jpeg(covers.cover(2), 160, 50)
        collector.take(exchange(10, "https://shop.example/1.jpg", picture, page=1, site="shop.example"))
        ((_, table),) = collector.tables()
    (row,) = aligned.match({COVER: table}, catalogue)
    assert (row["work"], row["site"], row["licensed"]) == ("sun", "shop.example", False)
