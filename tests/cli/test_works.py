"""`marque works`: add, rights, match as the contract has them, with exit status and advice."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from marque.works.catalogue import Catalogue
from marque.works.model import RIGHTS
from tests.cli import calling
from tests.works import drawing
from tests.works.cover import covers

EPISODE = drawing.episode(71, panels=4)


def marque(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "marque.cli", "works", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of one unit, and beside it a folder of a copy's slices."""
    folder: Path = tmp_path_factory.mktemp("cli")
    drawing.save(folder / "original", drawing.slices(EPISODE))
    half = drawing.scaled(0.5)
    copy = drawing.slices(drawing.episode(71, panels=4, language="ko"), 900)
    drawing.save(folder / "copy", [half(part) for part in copy])
    drawing.save(folder / "stranger", drawing.slices(drawing.episode(72, panels=4)))
    done = marque(
        "add", folder / "catalogue", "--work", "moon", "--title", "en=Moon River", "--title", "ko=달의 강",
        "--holder", "Holder", "--language", "en", "--unit", "12", "--thumbnails", folder / "original",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert "moon 12: 4 panels" in done.stderr
    return folder


def test_match_prints_one_json_line_a_path(made: Path) -> None:
    done = marque("match", made / "catalogue", made / "copy", made / "stranger", "--json")
    assert done.returncode == 0
    copy, stranger = (json.loads(line) for line in done.stdout.splitlines())
    assert (stranger["path"], stranger["matches"]) == (str(made / "stranger"), [])
    (found,) = copy["matches"]
    assert {name: found[name] for name in ("work", "unit", "language", "answer", "licensed")} == {
        "work": "moon", "unit": "12", "language": "en", "answer": "match", "licensed": False,
    }  # fmt: skip
    assert 0.99 <= found["score"] < 1
    for piece in found["pieces"]:
        assert set(piece["query"]) == {"file", "x", "y", "w", "h"}
        assert set(piece["catalogue"]) == {"panel", "x", "y", "w", "h"}
        assert 0 <= piece["distance"] <= 31
        assert Path(piece["query"]["file"]).parent == made / "copy"
    assert "one page in 1000" in done.stderr  # the prior


def test_match_prints_text_for_people(made: Path) -> None:
    done = marque("match", made / "catalogue", made / "copy", made / "stranger")
    assert done.stdout.count("match   moon 12 (en), pictures  probability ") == 1
    assert "nothing of this catalogue found" in done.stdout


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(made: Path, tmp_path: Path) -> None:
    slices = drawing.save(tmp_path / "page", drawing.slices(EPISODE))
    (slices / "bad.jpg").write_bytes(b"\xff\xd8\xff" + b"\0" * 50)
    (tmp_path / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    done = marque("match", made / "catalogue", tmp_path / "x.svg", slices, "--json")
    assert done.returncode == 1
    svg, page = (json.loads(line) for line in done.stdout.splitlines())
    assert svg["problems"] == ["works.image-unknown"]
    assert (svg["problem"], svg["looked_at"]) == ("works.image-unknown", False)
    assert len(page["problems"]) == 1 and "problem" not in page
    assert page["matches"][0]["answer"] == "match"
    assert "bad.jpg" in done.stderr and "x.svg" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("index/current", "the index again", id="index"),
        pytest.param("units/*.json", "Restore the catalogue", id="unit"),
        pytest.param("rights.parquet", "Restore the file", id="rights"),
    ],
)
def test_a_damaged_catalogue_ends_the_command_and_says_nothing_of_any_path(
    made: Path, tmp_path: Path, name: str, said: str
) -> None:
    shutil.copytree(made / "catalogue", tmp_path / "c")
    Catalogue.open(tmp_path / "c").replace_rights(RIGHTS.empty_table())
    (damaged,) = (tmp_path / "c").glob(name)
    data = damaged.read_bytes()
    damaged.write_bytes(data[: len(data) // 2])
    for form in ([], ["--json"]):
        done = calling.marque("works", "match", tmp_path / "c", made / "copy", *form)
        assert (done.status, done.out) == (1, "")
        assert damaged.name in done.err and said in done.err


def test_what_was_not_looked_at_is_not_called_not_found(made: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "in part").mkdir()
    shutil.copy(made / "stranger" / "000.jpg", tmp_path / "in part")
    (tmp_path / "in part" / "cut.jpg").write_bytes(b"\xff\xd8\xff" + bytes(50))
    asked = (tmp_path / "missing", tmp_path / "empty.jpg", tmp_path / "in part", made / "copy")
    done = calling.marque("works", "match", made / "catalogue", *asked)
    missing, empty, part, copy = done.out.strip().splitlines()[1::2]
    assert "not looked at: There is nothing at" in missing
    assert "not looked at" in empty and "no picture marque decodes" in empty
    assert "found in what could be read" in part
    assert copy.startswith("  match")
    assert done.status == 1 and "Check the path" in done.err


def test_names_that_are_no_utf8_are_printed_spelt_out(made: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\xfe")
    shutil.copytree(made / "copy", odd)
    (odd / os.fsdecode(b"\xff.jpg")).touch()
    done = marque("match", made / "catalogue", odd, tmp_path / os.fsdecode(b"\xfd"), "--json")
    found, missing = (json.loads(line) for line in done.stdout.splitlines())
    assert found["path"].endswith(r"\xff\xfe") and found["matches"][0]["answer"] == "match"
    assert missing["path"].endswith(r"\xfd") and missing["problem"] == "works.file-missing"
    assert r"\xff\xfe/\xff.jpg" in done.stderr and "Traceback" not in done.stderr


def test_rights_are_imported_whole_or_not_at_all(made: Path, tmp_path: Path) -> None:
    table = tmp_path / "rights.csv"
    head = "work,holder,territory,language,outlet,from,to\n"
    table.write_text(head + "moon,Holder,KR,ko,https://www.reader.example/,2024-01-01,\n")
    done = marque("rights", made / "catalogue", table)
    assert (done.returncode, done.stdout) == (0, "")
    table.write_text(head + "moon,Holder,,,a.example,,\nmoon,Holder,,,b.example,soon,\n")
    done = marque("rights", made / "catalogue", table)
    assert done.returncode == 1
    assert "line 3: from" in done.stderr and "Nothing was imported" in done.stderr
    assert (made / "catalogue" / "rights-origins.json").exists()  # so that a partner's import leaves these rows alone


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        pytest.param(["match", "{0}/nowhere", "{0}/copy"], 2, "There is no catalogue", id="no catalogue"),
        pytest.param(["rights", "{0}/nowhere", "{0}/x.csv"], 2, "There is no catalogue", id="rights, no catalogue"),
        pytest.param(["export", "{0}/catalogue", "f"], 2, "works export", id="not built yet"),
        pytest.param(["add", "{0}/catalogue", "--work", "moon", "{0}/copy"], 2, "--unit", id="no unit"),
        pytest.param(
            ["add", "{0}/catalogue", "--work", "m", "--unit", "1", "--title", "Moon", "{0}/copy"],
            2, "no title with its language", id="title without language",
        ),
        pytest.param(
            ["add", "{0}/copy", "--work", "m", "--unit", "1", "{0}/copy"], 2, "neither empty nor", id="folder of others"
        ),
        pytest.param(
            ["add", "{0}/catalogue", "--work", "m", "--cover", "--thumbnails", "{0}/c.jpg"],
            2, "no panels", id="options of units",
        ),
        pytest.param(["add", "{0}/catalogue", "--work", "m", "--cover", "{0}/c.jpg"], 2, "nothing at", id="no file"),
        pytest.param(["nonsense"], 2, "No such command", id="no such command"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_without_a_traceback(made: Path, arguments: list[str], status: int, said: str) -> None:
    done = marque(*(argument.format(made) for argument in arguments))
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(["--title", "en=Moon\x1b[31m"], id="escape characters"),
        pytest.param(["--title", "en=" + "M" * 5_000], id="longer than any title"),
        pytest.param(["--title", "e\nn=Moon"], id="language"),
        pytest.param(["--holder", "Holder\u202e"], id="holder"),
        pytest.param([part for n in range(201) for part in ("--title", f"x{n}=Moon")], id="too many"),
    ],
)
def test_titles_that_no_partner_takes_are_not_kept(made: Path, tmp_path: Path, given: list[str]) -> None:
    done = calling.marque("works", "add", tmp_path / "c", "--work", "m", "--unit", "1", *given, made / "original")
    assert (done.status, done.out) == (2, "")
    assert "printable characters" in done.err and "\x1b" not in done.err
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("name", ["add", "match", "rights"])
def test_help_has_an_example(name: str) -> None:
    done = marque(name, "--help")
    assert done.returncode == 0
    assert f"marque works {name}" in done.stdout


def test_covers_are_kept_and_named_apart_from_units(made: Path, tmp_path: Path) -> None:
    for volume in (1, 2):
        (tmp_path / f"v{volume}.jpg").write_bytes(covers.jpeg(covers.cover(5, volume), 480, 90))
    (tmp_path / "list.jpg").write_bytes(covers.ATTACKS["3:4, badges, bar, 120 px, quality 30"](covers.cover(5, 2)))
    shelf = tmp_path / "shelf"
    done = marque("add", shelf, "--work", "moon", "--cover", tmp_path / "v1.jpg", tmp_path / "v2.jpg")
    assert (done.returncode, done.stdout) == (0, "")
    assert "moon: cover kept as cover v1." in done.stderr and "cover v2." in done.stderr
    assert marque("add", shelf, "--work", "sun", "--cover", tmp_path / "v1.jpg").returncode == 0
    done = marque("match", shelf, tmp_path / "list.jpg", "--json")
    (found,) = json.loads(done.stdout)["matches"]
    assert {name: found[name] for name in ("work", "unit", "medium", "answer", "licensed")} == {
        "work": "moon", "unit": "cover v2", "medium": "cover", "answer": "unsure", "licensed": False,
    }  # fmt: skip
    assert found["pieces"][0]["query"] == {"file": str(tmp_path / "list.jpg")}
    done = marque("match", shelf, tmp_path / "list.jpg", tmp_path / "v1.jpg")
    assert "cover   moon (cover v2)" in done.stdout and "says nothing of any unit" in done.stdout
    assert done.stdout.count("cover   ") == 3  # one picture is registered for two works: both are named


def test_pages_read_from_the_right_are_kept_so(made: Path, tmp_path: Path) -> None:
    given = ("--work", "manga", "--unit", "1", "--right-to-left", made / "original")
    assert marque("add", tmp_path / "c", *given).returncode == 0
    (unit,) = (tmp_path / "c" / "units").glob("*.json")
    assert json.loads(unit.read_text())["right_to_left"] is True
