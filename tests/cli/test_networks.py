"""The networks commands, as another program calls them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from marque.cli.networks import command
from marque.errors import InputRefused, MarqueError, WrongUsage
from tests.networks.worlds import crowd, sightings

A, B = "alpha.example", "beta.example"


def call(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(command, [str(part) for part in arguments], standalone_mode=False)
    if isinstance(result.exception, MarqueError):
        raise result.exception
    assert result.exception is None, result.exception
    return result


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [(site, *signal) for site in (A, B) for signal in (("email", "x@mail.example"), ("iban", "DE00INVENTED"))]
    path = tmp_path / "sightings.parquet"
    pq.write_table(sightings(crowd() + rows), path)
    return path


def test_link_writes_the_tables_and_the_model(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "linked"
    counts = json.loads(call("link", source, "--out", out, "--json").stdout)
    assert counts["links"] == 1
    assert counts["members"] == 2
    assert {path.name for path in out.iterdir()} == {
        "links.parquet", "networks.parquet", "services.parquet", "successors.parquet", "claims.parquet", "model.json",
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes_and_a_model_gives_the_same_links(source: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    call("link", source, "--out", one)
    call("link", source, "--out", two, "--model", one / "model.json", "--previous", one)
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("a", "b"), [pytest.param(B, A, id="kept"), pytest.param(A, "crowd01.example", id="scored again")]
)
def test_explain_rows_add_up(source: Path, tmp_path: Path, a: str, b: str) -> None:
    call("link", source, "--out", tmp_path / "linked")
    lines = [json.loads(line) for line in call("explain", tmp_path / "linked", a, b, "--json").stdout.splitlines()]
    head, reasons = lines[0], [line for line in lines if line["row"] == "reason"]
    assert (head["site_a"], head["site_b"]) == tuple(sorted((a, b)))
    assert sum(reason["weight"] for reason in reasons) == head["score"]
    assert {"prior", "calibration"} <= {reason["kind"] for reason in reasons}
    assert head["probability"] == pytest.approx(1 / (1 + 2 ** (-head["score"] / 1000)), abs=1e-6)


def test_explain_says_what_would_break_the_link(source: Path, tmp_path: Path) -> None:
    call("link", source, "--out", tmp_path / "linked")
    text = call("explain", tmp_path / "linked", A, B).stdout
    assert "without iban DE00INVENTED" in text
    assert "synthetic data only" in text


def test_successors_by_name_and_date(tmp_path: Path) -> None:
    table = tmp_path / "sites.tsv"
    table.write_text(
        "site\tfirst_seen\tlast_seen\n"
        "moontoon41.example\t2026-01-01\t2026-02-01\n"
        "moontoon42.example\t2026-02-02\t2026-03-01\n"
        "harbourpress.example\t2026-02-02\t\n",
        "utf-8",
    )
    rows = {row["site"]: row for row in map(json.loads, call("successors", table, "--json").stdout.splitlines())}
    assert rows["moontoon42.example"]["predecessor"] == "moontoon41.example"
    assert rows["moontoon41.example"]["predecessor"] is None
    assert rows["harbourpress.example"]["predecessor"] is None
    assert set(rows["moontoon42.example"]) == {"site", "predecessor", "probability"}


def test_spark_is_not_there_yet(source: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        call("link", source, "--out", tmp_path / "x", "--engine", "spark")


def test_bad_input_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "linked"
    with pytest.raises(WrongUsage):
        call("link", tmp_path / "absent.parquet", "--out", out)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 not at all")
    with pytest.raises(InputRefused):
        call("link", broken, "--out", out)
    pq.write_table(pa.table({"site": ["a.example"]}), broken)
    with pytest.raises(InputRefused):
        call("link", broken, "--out", out)
    assert not out.exists()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("site\tfirst_seen\n", id="no last_seen"),
        pytest.param("site\tfirst_seen\tlast_seen\na.example\tyesterday\t\n", id="no date"),
        pytest.param("site\tfirst_seen\tlast_seen\n\udcff", id="no utf-8"),
    ],
)
def test_a_table_of_sites_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sites.tsv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputRefused):
        call("successors", path)
