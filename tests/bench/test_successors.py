"""The successor benchmark: small invented worlds always, the operator's own files where they are at hand."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from marque.bench import successors
from marque.bench.moves.real import Files
from marque.cli.bench import command

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
Figures = dict[tuple[str, str, str], float]


def figures(sites: int, seed: int, files: Files | None = None) -> Figures:
    return {(row.case, row.subject, row.metric): row.value for row in successors.run(sites, seed, files)}


def test_the_command_prints_one_row_a_figure() -> None:
    found = CliRunner().invoke(command, ["successors", "--sites", "60", "--json"])
    assert found.exit_code == 0
    assert '"bench": "successors"' in found.stdout
    assert "brand and dates" in found.stdout


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_more_is_found_than_by_brand_and_dates_and_no_less_of_it_is_true(seed: int) -> None:
    found = figures(2_000, seed)
    cases = {case for case, _, _ in found}
    assert len(cases) == 7
    for case in cases:
        ours, peer = ({metric: found[case, who, metric] for metric in METRICS} for who in ("marque", "brand and dates"))
        assert ours["exact predecessor, recall"] > peer["exact predecessor, recall"] + 0.05, case
        assert ours["exact predecessor, precision"] > 0.78, case
        assert ours["merges through hubs"] == 0, case
        assert found[case, "marque", "calibration error"] < 0.12, case


METRICS = ("exact predecessor, precision", "exact predecessor, recall", "merges through hubs")


@pytest.mark.realdata
@pytest.mark.slow
def test_real_moves_alone_and_among_sites_that_never_moved() -> None:
    if not DATA.exists():
        pytest.skip("the shared folder of real moves is absent")
    linking = DATA / "linking"
    hubs, lists = linking / "shared_proxy_or_hub_domains.txt", DATA / "reference" / "blocklistproject"
    found = figures(40, 1, Files(linking / "moves.tsv", linking / "site_themes.tsv", hubs, lists))
    alone, others = "real, moves alone", "real, among others, all years"
    assert found[alone, "marque", "same site, precision"] > 0.98
    assert found[alone, "marque", "same site, recall without rebrands"] > 0.9
    assert found[alone, "marque", "exact predecessor, precision"] > 0.95
    assert found[alone, "marque", "exact predecessor, recall without rebrands"] > 0.87
    assert found[others, "marque", "same site, precision"] > 0.92
    assert found[others, "marque", "same site, recall without rebrands"] > 0.83
    assert found[others, "marque", "merges through hubs"] == 0
