"""`marque ingest` as a user and as a program meet it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from marque.runs.workspace import Workspace
from tests.cli.calling import marque
from tests.evidence import samples


@pytest.fixture
def case(tmp_path: Path) -> Path:
    marque("init", tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "a.warc"
    path.write_bytes(samples.warc(samples.page(1)))
    return path


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    path = tmp_path / "cut.warc"
    path.write_bytes(samples.warc(samples.page(1))[:-40])
    return path


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_rows_are_those_of_the_contract(case: Path, sound: Path) -> None:
    done = marque("ingest", case, sound, "--json", "--authority", "order 12/2026")
    (row,) = rows(done.out)
    assert done.status == 0
    assert {name: row[name] for name in ("path", "status", "records", "problems")} == {
        "path": str(sound),
        "status": "sealed",
        "records": 1,
        "problems": [],
    }
    assert len(str(row["digest"])) == 64


def test_damage_is_sealed_named_and_repeated(case: Path, cut: Path) -> None:
    first, second = (marque("ingest", case, cut, "--json") for _ in range(2))
    assert (first.status, second.status) == (1, 1)
    assert [rows(done.out)[0]["status"] for done in (first, second)] == ["damaged", "known"]
    assert rows(first.out)[0]["problems"] == rows(second.out)[0]["problems"] != []


def test_a_refused_file_is_named_and_the_others_sealed(case: Path, sound: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.bin"
    other.write_bytes(b"\x00")
    done = marque("ingest", case, other, sound, "--json")
    assert done.status == 1
    assert [row["status"] for row in rows(done.out)] == ["refused", "sealed"]


def test_other_files_in_a_folder_are_counted_as_skipped(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.warc").write_bytes(samples.warc(samples.page(1)))
    (folder / "notes.bin").write_bytes(b"\x00")
    done = marque("ingest", case, folder, "--json")
    assert (done.status, len(rows(done.out))) == (0, 1)
    assert "1 skipped" in done.err


def test_several_sites_in_one_file_are_warned_of(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.warc"
    path.write_bytes(samples.warc(samples.page(1, "one.example"), samples.page(2, "two.example")))
    done = marque("ingest", case, path)
    assert done.status == 0
    assert "2 sites" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["nowhere", "a.warc"], "not a marque workspace", id="no workspace"),
        pytest.param(["case", "nowhere.warc"], "nothing at", id="no such file"),
        pytest.param(["case", "x" * 5000], "nothing at", id="a name too long"),
        pytest.param(["x" * 5000, "a.warc"], "not a marque workspace", id="a workspace's name too long"),
        pytest.param(["case"], "Missing argument", id="no path"),
    ],
)
def test_wrong_usage_is_one_sentence_and_an_advice(case: Path, tmp_path: Path, words: list[str], said: str) -> None:
    before = samples.contents(case)
    done = marque("ingest", *(tmp_path / word for word in words))
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert samples.contents(case) | {"lock": b""} == before | {"lock": b""}


def test_an_authority_is_logged_whole_or_refused(case: Path, sound: Path) -> None:
    done = marque("ingest", case, sound, "--authority", "x" * 20_000)
    assert done.status == 2
    assert "too long" in done.err
    assert Workspace.open(case).log.entries == []


def test_folders_that_may_be_deleted_come_back(case: Path, sound: Path) -> None:
    for name in ("derived", "runs", "cache"):
        (case / name).rmdir()
    assert marque("ingest", case, sound).status == 0
    assert (case / "runs").is_dir()


def test_a_name_cannot_pose_as_output(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "x\n\x1b[2Jsealed\u202e.warc"
    path.write_bytes(samples.warc(samples.page(1)))
    done = marque("ingest", case, path)
    assert "\x1b" not in done.out + done.err
    assert len(done.out.splitlines()) == 1


def test_a_name_that_is_no_text_is_sealed_all_the_same(case: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "\udcff\udcfe.warc").write_bytes(samples.warc(samples.page(1)))
    done = marque("ingest", case, tmp_path / "in", "--json")
    assert rows(done.out)[0]["status"] == "sealed"
    assert marque("verify", case).status == 0
    assert marque("ingest", case, tmp_path / "in", "--json").status == 0


def test_it_says_for_whom_it_waits_or_refuses_to(case: Path, sound: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from marque.runs.workspace import Workspace\n"
        "with Workspace.writing(Path(sys.argv[1]), 'investigate'): print('held', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(case)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        refused = marque("ingest", case, sound, "--no-wait")
        waiting = subprocess.Popen(
            [sys.executable, "-m", "marque.cli", "ingest", str(case), str(sound)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
        holder.communicate("\n")
        waiting.communicate()
    assert (refused.status, waiting.returncode) == (3, 0)
    assert "investigate" in refused.err
    assert f"process {holder.pid}" in said


def test_help_has_an_example() -> None:
    done = marque("ingest", "--help")
    assert "Example:  marque ingest" in done.out


@pytest.mark.slow
def test_two_writers_and_a_reader_at_once(case: Path, tmp_path: Path) -> None:
    """Both writers end well, nothing is sealed twice, and a reader meanwhile never finds anything wrong."""
    for name, start in (("one", 0), ("two", 60)):
        (tmp_path / name).mkdir()
        for number in range(start, start + 80):
            (tmp_path / name / f"{number:03}.warc").write_bytes(samples.warc(samples.page(number)))
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "marque.cli", "ingest", str(case), str(tmp_path / name), "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    looks, seen = 0, 0
    while any(writer.poll() is None for writer in writers):
        look = marque("verify", case)
        assert look.status == 0, look.out
        digests = Workspace.open(case).vault.digests()
        assert len(digests) >= seen
        looks, seen = looks + 1, len(digests)
    told = [rows(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert looks > 3
    assert sum(row["status"] == "sealed" for each in told for row in each) == 140
    assert len(Workspace.open(case).vault.digests()) == 140
    assert marque("verify", case).status == 0
