"""`marque verify`: its exit statuses, its words and its lines."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import marque
from tests.evidence import samples


@pytest.fixture
def case(tmp_path: Path) -> Path:
    marque("init", tmp_path / "case")
    (tmp_path / "a.warc").write_bytes(samples.warc(samples.page(1)))
    marque("ingest", tmp_path / "case", tmp_path / "a.warc")
    return tmp_path / "case"


def sealed(case: Path) -> Path:
    return next(path for path in (case / "vault").rglob("*") if path.is_file())


def test_a_sound_workspace_is_only_consistent_with_itself(case: Path) -> None:
    done = marque("verify", case)
    assert done.status == 0
    assert "consistent with itself, not proven unchanged" in done.out
    assert (case / "log" / "checkpoint").read_text().strip() in done.out


def test_a_checkpoint_kept_elsewhere_proves_more(case: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_bytes((case / "log" / "checkpoint").read_bytes())
    done = marque("verify", case, "--trust", kept)
    assert done.status == 0
    assert "not proven unchanged" not in done.out


def test_a_changed_object_is_invalid_and_named(case: Path) -> None:
    path = sealed(case)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    done = marque("verify", case)
    assert done.status == 1
    assert path.name in done.out


def test_a_missing_object_is_incomplete(case: Path) -> None:
    sealed(case).unlink()
    assert marque("verify", case).status == 2


def test_a_workspace_without_its_identity_is_incomplete(case: Path) -> None:
    (case / "workspace.json").unlink()
    assert marque("verify", case).status == 2


def test_another_logs_checkpoint_leaves_trust_unknown(case: Path, tmp_path: Path) -> None:
    marque("init", tmp_path / "other")
    assert marque("verify", case, "--trust", tmp_path / "other" / "log" / "checkpoint").status == 3


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="no path"),
        pytest.param(["a.warc"], id="no workspace"),
        pytest.param(["nowhere"], id="nothing there"),
        pytest.param(["x" * 5000], id="a name too long"),
        pytest.param(["case", "--trust", "a.warc"], id="no checkpoint"),
        pytest.param(["case", "--trust", "nowhere"], id="no trust file"),
        pytest.param(["case", "--what"], id="no such option"),
    ],
)
def test_wrong_usage_is_64(case: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(case.parent)
    done = marque("verify", *words)
    assert done.status == 64
    assert "Traceback" not in done.err
    assert done.err


def test_json_lines_end_with_the_verdict(case: Path) -> None:
    done = marque("verify", case, "--json")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["check"] for line in lines] == [
        "identity",
        "log",
        "openings",
        "objects",
        "derived",
        "trust",
        "verdict",
    ]
    assert (lines[-1]["exit"], lines[-2]["code"]) == (0, "evidence.consistent-only")


def test_our_own_failure_is_70(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise KeyError

    monkeypatch.setattr("marque.cli.verify.verify", broken)
    done = marque("verify", case)
    assert done.status == 70
    assert "Traceback" not in done.err


def test_help_has_an_example() -> None:
    assert "Example:  marque verify" in marque("verify", "--help").out
