"""The catalogue folder: whole units, versions, digests, and nothing of the works themselves."""

import io
import json
import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from PIL import Image

from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.evidence import tables
from marque.words import known
from marque.works.catalogue import Catalogue
from marque.works.entries import Unit
from marque.works.model import RIGHTS, UNIT_PATCHES
from tests.works import drawing

STRIP = drawing.episode(41, panels=2)


@pytest.fixture
def slices(tmp_path: Path) -> Path:
    return drawing.save(tmp_path / "slices", drawing.slices(STRIP))


def test_keeps_titles_holder_outlines_and_thumbnails(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", {"en": "Moon River"}, "Holder", [slices], thumbnails=True)
    made.add("moon", "1", "ko", {"ko": "달의 강"}, None, [slices])
    opened = Catalogue.open(tmp_path / "c")
    assert dict(opened.works()["moon"].titles) == {"en": "Moon River", "ko": "달의 강"}
    assert opened.works()["moon"].holder == "Holder"
    assert [unit.key for unit in opened.units()] == [("moon", "1", "en"), ("moon", "1", "ko")]
    first = opened.panels("moon", "1", "en")
    assert [outline.panel for outline in first] == [0, 1]
    for outline in first:
        assert outline.thumbnail is not None
        image = Image.open(io.BytesIO(outline.thumbnail.read_bytes()))
        assert image.mode == "L" and max(image.size) <= 160
    assert all(outline.thumbnail is None for outline in opened.panels("moon", "1", "ko"))


def test_holds_fingerprints_only(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", images=[slices])
    kept = sum(path.stat().st_size for path in (tmp_path / "c").rglob("*"))
    assert kept < sum(path.stat().st_size for path in slices.iterdir()) / 3
    assert not list((tmp_path / "c" / "thumbnails").iterdir())


def test_the_same_again_is_the_same_and_another_replaces(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", images=[slices])
    before = made.digest
    made.add("moon", "1", "en", images=[slices])
    assert made.digest == before
    other = drawing.save(tmp_path / "other", drawing.slices(drawing.episode(42, panels=2)))
    made.add("moon", "1", "en", images=[other])
    assert made.digest != before
    assert len(list((tmp_path / "c" / "units").glob("*.parquet"))) == len(made.units()) == 1


def test_a_refused_unit_leaves_the_catalogue_as_it_was(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    before = made.digest
    (slices / "000.jpg").write_bytes(b"nonsense")
    with pytest.raises(InputRefused):
        made.add("moon", "1", "en", images=[slices])
    assert (made.digest, made.units(), made.works()) == (before, [], {})


def test_what_cannot_be_a_unit_is_said_with_advice_and_nothing_is_lost(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", images=[slices])
    before = made.digest
    (tmp_path / "empty").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "read me.txt").write_text("hello")
    for images, code in (
        ([tmp_path / "empty"], "works.no-files"),
        ([], "works.no-files"),
        ([tmp_path], "works.no-files"),
        ([tmp_path / "texts"], "works.image-unknown"),
        ([tmp_path / "nothing"], "works.file-missing"),
    ):
        with pytest.raises(MarqueError) as refused:
            made.add("moon", "1", "en", images=images)
        assert (refused.value.code, known(f"{code}.advice")) == (code, True)
    assert made.digest == before


def test_the_same_pictures_as_another_unit_are_refused(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", images=[slices])
    before = made.digest
    with pytest.raises(InputRefused) as refused:
        made.add("moon", "2", "en", images=[slices])
    assert (refused.value.code, refused.value.params["kept"]) == ("works.unit-double", "moon 1")
    assert (made.digest, list(made.works())) == (before, ["moon"])
    made.add("moon", "1", "ko", images=[slices])  # pages without words are the same in every language
    assert [unit.language for unit in made.units()] == ["en", "ko"]


@pytest.mark.parametrize(("work", "unit"), [("", "1"), ("a", ""), ("a\n", "1"), ("a" * 201, "1")])
def test_names_are_checked(tmp_path: Path, slices: Path, work: str, unit: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        Catalogue.create(tmp_path / "c").add(work, unit, images=[slices])
    assert refused.value.code == "works.bad-id"


def test_a_folder_of_others_is_not_written_to(tmp_path: Path, slices: Path) -> None:
    with pytest.raises(WrongUsage) as refused:
        Catalogue.create(slices)
    assert refused.value.code == "works.catalogue-foreign"
    with pytest.raises(WrongUsage):
        Catalogue.open(tmp_path / "nothing")
    with pytest.raises(WrongUsage):
        Catalogue.create(tmp_path / "c").panels("moon", "1", "en")


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("catalogue.json", '{"format": "marque-catalogue", "version": 9, "fingerprint": 1}', "works.catalogue-version"),
        ("catalogue.json", '{"format": "other"}', "works.catalogue-damaged"),
        ("catalogue.json", "[1]", "works.catalogue-damaged"),
        ("catalogue.json", "{" * 100_000, "works.catalogue-damaged"),
        ("units/a.json", "{}", "works.catalogue-damaged"),
        ("units/a.json", '{"panels": [[1]], "thumbnails": []}', "works.catalogue-damaged"),
        ("units/a.json", "\0", "works.catalogue-damaged"),
    ],
)
def test_damage_is_named(tmp_path: Path, file: str, text: str, code: str) -> None:
    Catalogue.create(tmp_path / "c")
    (tmp_path / "c" / file).write_text(text)
    with pytest.raises(InputRefused) as refused:
        Catalogue.open(tmp_path / "c").units()
    assert refused.value.code == code


def test_a_thumbnail_outside_the_catalogue_is_refused(tmp_path: Path, slices: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("moon", "1", "en", images=[slices], thumbnails=True)
    path = next((tmp_path / "c" / "units").glob("*.json"))
    body = json.loads(path.read_text())
    path.write_text(json.dumps({**body, "thumbnails": ["../../secret.png"] * len(body["panels"])}))
    with pytest.raises(InputRefused):
        made.units()


def _add(folder: Path, slices: Path, unit: str) -> None:
    Catalogue.create(folder).add(f"moon {unit}", unit, "en", {"en": unit}, None, [slices])


def test_two_writers_take_turns(tmp_path: Path, slices: Path) -> None:
    Catalogue.create(tmp_path / "c")
    context = multiprocessing.get_context("spawn")
    jobs = [context.Process(target=_add, args=(tmp_path / "c", slices, str(unit))) for unit in (1, 2)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert [unit.unit for unit in Catalogue.open(tmp_path / "c").units()] == ["1", "2"]
    assert not list((tmp_path / "c").rglob("*.part"))


def test_no_flipped_bit_changes_rights_facts(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    facts = {"work": "moon", "holder": "H", "territory": "", "language": "ko", "outlet": "a.example"}
    rights = pa.Table.from_pylist([{**facts, "from": date(2024, 1, 2)}, {**facts, "work": "a"}], schema=RIGHTS)
    made.replace_rights(rights)
    path = tmp_path / "c" / "rights.parquet"
    data, kept = path.read_bytes(), made.rights().to_pylist()
    assert [row["work"] for row in kept] == ["a", "moon"]
    for at in range(0, len(data), 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x21]) + data[at + 1 :])
        with suppress(InputRefused):
            assert made.rights().to_pylist() == kept, at


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-9]), id="cut short"),
        pytest.param(lambda path: tables.write(path, RIGHTS.empty_table()), id="another table"),
        pytest.param(
            lambda path: tables.write(path, pa.table({"x": [1]}).replace_schema_metadata(UNIT_PATCHES.metadata)),
            id="other columns",
        ),
    ],
)
def test_a_unit_whose_fingerprint_is_gone_or_unreadable_is_named(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    made = Catalogue.create(tmp_path / "c")
    unit = Unit("moon", "1", "", 900, "0" * 64, ())
    made.keep_unit(unit, UNIT_PATCHES.empty_table())
    assert made.patches(unit).equals(UNIT_PATCHES.empty_table(), check_metadata=True)
    (path,) = (tmp_path / "c" / "units").glob("*.parquet")
    damage(path)
    with pytest.raises(InputRefused, match="unit-unreadable") as refused:
        made.patches(unit)
    assert refused.value.params["unit"] == "moon 1" and known("works.unit-unreadable.advice")


def test_rights_of_an_earlier_version_are_read(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    rights = pa.Table.from_pylist([{"work": "moon", "outlet": "a.example"}], schema=RIGHTS)
    tables.write(tmp_path / "c" / "rights.parquet", rights)
    assert made.rights().equals(rights, check_metadata=True)


@pytest.mark.parametrize("name", ["units", "works"])
def test_a_folder_that_is_gone_is_a_fault_and_not_an_empty_catalogue(tmp_path: Path, name: str) -> None:
    made = Catalogue.create(tmp_path / "c")
    (tmp_path / "c" / name).rmdir()
    with pytest.raises(InputRefused, match="catalogue-damaged"):
        made.units() if name == "units" else made.works()
