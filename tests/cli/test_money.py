"""The money commands, as another program calls them."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from marque.clock import iso
from marque.evidence import tables
from marque.money.model import FLOWS
from marque.networks.model import NETWORKS
from marque.runs.workspace import Workspace
from marque.signals.model import SIGHTINGS
from marque.works.model import MATCHES
from tests.cli.calling import Done, marque
from tests.money.estimate.tables import ALL, PRICES, VISITS, row
from tests.money.ledger.chains import btc

SITE, PROBABLE, WALLET = "moon.example", "moon9.example", f"btc:{btc(1)}"
Row = dict[str, object]


def rows_of(done: Done) -> list[Row]:
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    flow: Row = {"payee": SITE, "network": "n-1", "basis": "inferred", "records": ["ab:1"]}
    flows = [
        {
            **flow,
            "payer": "ads.test",
            "intermediary": "ads.test,7",
            "kind": "ads-txt-direct",
            "direction": "advertising",
        },
        {**flow, "payer": "readers", "intermediary": WALLET, "kind": "crypto-address", "direction": "donation"},
    ]
    seen = [{"site": SITE, "kind": "ads-txt-direct", "value": "ads.test,7", "role": "site", "record": "ab:1"}]
    member = [{"network": "n-1", "site": site, "role": role} for site, role in ((SITE, "core"), (PROBABLE, "halo"))]
    tables_of = {"flows": (FLOWS, flows), "sightings": (SIGHTINGS, seen), "networks": (NETWORKS, member)}
    for name, (schema, rows) in {**tables_of, "matches": (MATCHES, [])}.items():
        tables.write(folder / f"{name}.parquet", pa.Table.from_pylist(rows, schema=schema))
    (tmp_path / "visits.csv").write_text(VISITS + row(SITE) + "\n", "utf-8")
    (tmp_path / "prices.csv").write_text(PRICES + "\n".join(ALL) + "\n", "utf-8")
    return folder


def modelled(run: Path, *more: str) -> Done:
    tables = run.parent / "visits.csv", run.parent / "prices.csv"
    return marque("money", "receipts", run, "--visits", tables[0], "--prices", tables[1], *more, "--json")


def ledger(folder: Path, *lines: str) -> Path:
    path = folder / "ledger.csv"
    head = "chain,txid,time,side,address,value\n"
    path.write_text(head + "".join(f"btc,{line}\n" for line in lines), "utf-8")
    return path


def paid(number: int, payer: int, payee: int, value: str, day: str = "2026-10-05") -> tuple[str, str]:
    txid = f"{number:064x}"
    return f"{txid},{day},input,{btc(payer)},{value}", f"{txid},{day},output,{btc(payee)},{value}"


def test_trace_joins_lines_with_the_systems_own_list(run: Path, tmp_path: Path) -> None:
    listed = {"sellers": [{"seller_id": "7", "seller_type": "INTERMEDIARY", "domain": "broker.example"}]}
    (tmp_path / "sellers.json").write_text(json.dumps(listed), "utf-8")
    (before,) = rows_of(marque("money", "trace", run, "--json"))
    assert (before["standing"], before["holder"]) == ("not-looked", "unknown")
    done = marque("money", "trace", run, "--sellers", f"ads.test={tmp_path / 'sellers.json'}", "--json")
    (line,) = rows_of(done)
    assert (line["standing"], line["holder"], line["domain"]) == (
        "direct-but-intermediary",
        "intermediary",
        "broker.example",
    )
    assert line["records"] == ["ab:1"]
    assert done.status == 0
    assert (
        "DIRECT: though the list says INTERMEDIARY"
        in marque("money", "trace", run, "--sellers", f"ads.test={tmp_path / 'sellers.json'}").out
    )


def test_a_broken_list_is_named_and_what_it_has_is_used(run: Path, tmp_path: Path) -> None:
    (tmp_path / "sellers.json").write_text('{"sellers": [{"seller_id": "7", "seller_type": "PUBLISHER"}, {', "utf-8")
    done = marque("money", "trace", run, "--sellers", f"ads.test={tmp_path / 'sellers.json'}", "--json")
    assert [line["standing"] for line in rows_of(done)] == ["unnamed"]
    assert done.status == 1
    assert "not JSON" in done.err


def test_receipts_are_modelled_with_their_inputs_and_label(run: Path, tmp_path: Path) -> None:
    done = marque(
        "money", "receipts", run, "--visits", tmp_path / "visits.csv", "--prices", tmp_path / "prices.csv", "--json"
    )
    found = {(line["row"], line.get("basis")): line for line in rows_of(done)}
    figure = found["receipts", "modelled"]
    assert figure["subject"] == "n-1"
    low, mid, high = (figure[end] for end in ("low", "mid", "high"))
    assert isinstance(low, float)
    assert isinstance(mid, float)
    assert isinstance(high, float)
    assert 0 < low < mid < high
    assert figure["label"] == "for priority and reports, not for a charge"
    assert figure["currency"] == "EUR"
    assert isinstance(figure["inputs"], list)
    assert {price["sponsor"] for price in figure["inputs"]} == {"nobody"}
    share = found["share", "modelled"]
    assert (share["high"], share["level"], share["holder"]) == (1, "payer", None)
    accounts = [line["holder"] for line in rows_of(done) if line.get("level") == "account"]
    assert accounts == ["unknown"]
    assert found["no-ledger", "observed"]["wallets"] == 1
    assert done.status == 0
    assert (
        done.out
        == marque(
            "money", "receipts", run, "--visits", tmp_path / "visits.csv", "--prices", tmp_path / "prices.csv", "--json"
        ).out
    )


def test_a_network_is_its_core_unless_more_is_asked_for(run: Path, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(VISITS + row(SITE) + "\n" + row(PROBABLE) + "\n", "utf-8")
    core, every = modelled(run), modelled(run, "--members", "all")
    (one, two) = (next(line for line in rows_of(done) if line["row"] == "receipts") for done in (core, every))
    assert (one["sites"], one["members"]) == ([SITE], "core")
    assert (two["sites"], two["members"]) == ([SITE, PROBABLE], "all")
    by_site = [line["subject"] for line in rows_of(modelled(run, "--by", "site")) if line["row"] == "receipts"]
    assert by_site == [SITE, PROBABLE]


def test_without_prices_there_is_no_figure(run: Path, tmp_path: Path) -> None:
    (line, _) = rows_of(marque("money", "receipts", run, "--visits", tmp_path / "visits.csv", "--json"))
    assert (line["row"], line["why"], line["missing"]) == ("no-figure", "no-prices", ["slots-per-page"])
    assert "no figure" in marque("money", "receipts", run, "--visits", tmp_path / "visits.csv").out


def test_observed_inferred_and_modelled_stand_side_by_side(run: Path, tmp_path: Path) -> None:
    marque("money", "transactions", "import", run, ledger(tmp_path, *paid(1, 8, 1, "0.5")))
    head = "site,handle,period,low,mid,high,currency,stated_by,source,date\n"
    said = "".join(
        f"{SITE},{handle},2026-10,9,9,9,BTC,operator,goal bar,2026-11-01\n" for handle in (WALLET, "kofi:moon")
    )
    (tmp_path / "donations.csv").write_text(head + said, "utf-8")
    coin = "coin-price,,BTC,50000,60000,70000,EUR,2026-10-31,an index,an exchange,published,,"
    (tmp_path / "prices.csv").write_text(PRICES + "\n".join((*ALL, coin)) + "\n", "utf-8")
    options = [f"--{name}={tmp_path / name}.csv" for name in ("visits", "prices", "donations")]
    found = rows_of(marque("money", "receipts", run, *options, "--json"))
    kinds = [(line["row"], line.get("basis")) for line in found]
    assert kinds.count(("receipts", "modelled")) == kinds.count(("receipts", "observed")) == 1
    assert kinds.count(("receipts", "inferred")) == kinds.count(("set-aside", None)) == 1
    observed = found[kinds.index(("receipts", "observed"))]
    assert (observed["mid"], observed["currency"], observed["network"]) == (0.5, "BTC", "n-1")
    assert observed["valued"] == {"low": 25000, "mid": 30000, "high": 35000, "currency": "EUR",
                                  "price_date": "2026-10-31", "source": "an index"}  # fmt: skip
    assert "worth 25,000 to 35,000 EUR" in marque("money", "receipts", run, *options).out
    bases = [json.loads(line)["basis"] for line in marque("money", "diagram", run, "n-1", *options).out.splitlines()]
    assert bases == ["observed", "inferred", "inferred", "modelled"]


def test_wallets_show_what_came_in_and_from_which_records(run: Path, tmp_path: Path) -> None:
    lines = (*paid(1, 8, 1, "0.5"), *paid(2, 9, 1, "0.25", "2026-11-02"), *paid(3, 1, 1, "7"))
    (brought,) = rows_of(marque("money", "transactions", "import", run, ledger(tmp_path, *lines), "--json"))
    assert (brought["transactions"], brought["new_sources"]) == (3, 1)
    (again,) = rows_of(marque("money", "transactions", "import", run, ledger(tmp_path, *lines), "--json"))
    assert again["new_sources"] == 0
    done = marque("money", "wallets", run, "--json")
    assert [(line["period"], line["amount"], line["payments"]) for line in rows_of(done)] == [
        ("2026-10", 0.5, 1),
        ("2026-11", 0.25, 1),
    ]
    assert all(line["address"] == WALLET and line["basis"] == "observed" and line["records"] for line in rows_of(done))
    assert "1 payments of one's own" in done.err
    assert [line["exact"] for line in rows_of(done)] == ["0.5", "0.25"]
    (year,) = rows_of(marque("money", "wallets", run, "--period", "year", "--json"))
    assert year["amount"] == 0.75
    assert str(year["first"]).startswith(iso(1_791_158_400_000_000)[:10])


def test_losses_stand_apart_with_their_rate(run: Path, tmp_path: Path) -> None:
    more = ("substitution,,,0.1,0.1,0.1,,2026-10-01,s,s,claim,,", "price-per-visit,,,2,2,2,EUR,2026-10-01,s,s,claim,,")
    (tmp_path / "prices.csv").write_text(PRICES + "\n".join(more) + "\n", "utf-8")
    found = {line["row"]: line for line in rows_of(modelled(run))}
    assert set(found) == {"no-figure", "loss", "no-ledger"}
    loss = found["loss"]
    assert (loss["subject"], loss["whose"], loss["unit"]) == ("n-1", "rights-holders", "EUR")
    assert loss["substitution"] == {"low": 0.1, "mid": 0.1, "high": 0.1}
    assert loss["label"] == "never added to income"


def test_tables_that_are_kept_are_used_by_later_calls(run: Path, tmp_path: Path) -> None:
    options = [f"--{name}={tmp_path / name}.csv" for name in ("visits", "prices")]
    first = rows_of(marque("money", "inputs", run, *options, "--json"))
    assert [line.get("table") for line in first] == ["visits", "prices", None]
    assert marque("money", "receipts", run, "--json").out == modelled(run).out
    bases = [json.loads(line)["basis"] for line in marque("money", "diagram", run, "n-1").out.splitlines()]
    assert bases == ["inferred", "modelled"]
    again = rows_of(marque("money", "inputs", run, "--json"))
    assert again == first


def test_without_visits_every_network_is_said_to_have_no_figure(run: Path) -> None:
    line, _ = rows_of(marque("money", "receipts", run, "--json"))
    assert (line["row"], line["why"], line["subject"]) == ("no-figure", "no-visits", "n-1")


def test_payers_are_listed_without_readers(run: Path) -> None:
    (payer,) = rows_of(marque("money", "payers", run, "--json"))
    assert (payer["name"], payer["networks"], payer["accounts"]) == ("ads.test", ["n-1"], ["ads.test,7"])
    assert marque("money", "payers", run).out.startswith("ads.test: 1 network(s)")


def test_tags_are_printed_with_their_source_and_take_a_cluster_apart(run: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    entries = "".join(f"  - address: {btc(number)}\n    label: {name}\n" for number, name in ((1, "Moon"), (2, "Shop")))
    pack.write_text(f"title: t\ncreator: An office\nsource: its report\ncurrency: BTC\ntags:\n{entries}", "utf-8")
    tags = rows_of(marque("money", "tags", pack, "--json"))
    assert [(tag["address"], tag["label"], tag["source"]) for tag in tags] == [
        (WALLET, "Moon", "its report"), (f"btc:{btc(2)}", "Shop", "its report"),
    ]  # fmt: skip
    both = [f"{7:064x},2026-10-05,{side}" for side in (f"input,{btc(1)},1", f"input,{btc(2)},1", f"output,{btc(9)},2")]
    marque("money", "transactions", "import", run, ledger(tmp_path, *both, *paid(1, 8, 1, "0.5")))
    (plain,) = rows_of(marque("money", "wallets", run, "--json"))
    assert plain["cluster_size"] == 2
    done = marque("money", "wallets", run, "--tags", pack, "--json")
    assert (rows_of(done)[0]["cluster_size"], rows_of(done)[0]["tagged"]) == (1, "moon")
    assert "moon, shop" in done.err
    marque("money", "inputs", run, "--tags", pack)
    assert marque("money", "wallets", run, "--json").out == done.out


WRONG = [
    pytest.param(["trace", "{run}", "--sellers", "ads.test"], id="sellers without a file"),
    pytest.param(["trace", "{tmp}"], id="no run"),
    pytest.param(["receipts", "{run}", "--visits", "{tmp}/none.csv"], id="no visits"),
    pytest.param(["transactions", "import", "{tmp}/x"], id="nothing to import"),
    pytest.param(["transactions", "import", "{tmp}/x", "{tmp}/none.csv"], id="no table"),
    pytest.param(["transactions", "import", "{tmp}/x", "--address", btc(1)], id="no server"),
    pytest.param(
        ["transactions", "import", "{tmp}/x", "--address", "me", "--source", "http://127.0.0.1:1"], id="no address"
    ),
    pytest.param(["wallets", "{run}", "--address", "btc:me"], id="no address of a wallet"),
    pytest.param(["diagram", "{run}", "n-9"], id="no such network"),
    pytest.param(["tags", "{tmp}/none.yaml"], id="no tag pack"),
    pytest.param(["inputs", "{tmp}/none"], id="no folder to keep in"),
    pytest.param(["inputs", "{run}", "--visits", "{tmp}/none.csv"], id="no table to keep"),
]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_sentence_and_an_advice(words: list[str], run: Path, tmp_path: Path) -> None:
    done = marque("money", *(word.format(run=run, tmp=tmp_path) for word in words))
    assert done.status == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 2
    assert "Traceback" not in done.err


def test_rows_that_are_wrong_give_exit_one_and_the_rest_goes_on(run: Path, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text(
        VISITS + row(SITE) + "\n" + row("x.example").replace("2026-10", "soon") + "\n", "utf-8"
    )
    done = marque(
        "money", "receipts", run, "--visits", tmp_path / "visits.csv", "--prices", tmp_path / "prices.csv", "--json"
    )
    assert done.status == 1
    assert "visits.csv:3" in done.err
    assert "receipts" in {line["row"] for line in rows_of(done)}


def test_a_table_without_a_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    done = marque("money", "transactions", "import", tmp_path / "new", ledger(tmp_path, "x,2026-10-05,output,y,1"))
    assert done.status == 2
    assert "ledger.csv:2" in done.err
    assert not (tmp_path / "new" / "ledger").exists()


def test_what_is_brought_into_a_workspace_is_entered_in_its_log_once(tmp_path: Path) -> None:
    workspace = tmp_path / "case"
    marque("init", workspace)
    (tmp_path / "visits.csv").write_text(VISITS + row(SITE) + "\n", "utf-8")
    for _ in range(2):
        marque("money", "transactions", "import", workspace, ledger(tmp_path, *paid(1, 8, 1, "0.5")))
        marque("money", "inputs", workspace, "--visits", tmp_path / "visits.csv")
    entries = [entry.leaf for entry in Workspace.open(workspace).log.entries]
    assert [(leaf.type, leaf.object and leaf.object.kind) for leaf in entries] == [("annotated", "money-source")] * 2
    assert marque("verify", workspace).status == 0
    found = marque("money", "wallets", workspace, "--address", WALLET, "--json")
    assert [line["amount"] for line in rows_of(found)] == [0.5]
