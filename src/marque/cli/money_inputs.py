"""`marque money inputs`: the tables and tag packs that an office keeps for every later figure."""

import json
from pathlib import Path

import click

from marque.cli.money_log import bringing
from marque.cli.money_places import ledger_of, named
from marque.digest import sha256_stream
from marque.errors import WrongUsage
from marque.money import desk, rows
from marque.money.brought import opened
from marque.words import say

_FILE = click.Path(path_type=Path)


@click.command("inputs", epilog="Example:  marque money inputs case-14 --visits visits.csv --prices prices.csv")
@click.argument("folder", metavar="WORKSPACE_OR_FOLDER", type=click.Path(path_type=Path))
@click.option("--visits", type=_FILE, help="Visits by site and period (CSV).")
@click.option("--prices", type=_FILE, help="Pages, slots, fill, CPM, coins (CSV).")
@click.option("--donations", type=_FILE, help="What is stated of donations (CSV).")
@click.option("--tags", type=_FILE, multiple=True, help="A tag pack; may be repeated, and is added to those kept.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def inputs(*, folder: Path, tags: tuple[Path, ...], as_json: bool, **given: Path | None) -> int:
    """Keep tables and tag packs in a workspace, and list what is kept. A new table takes the old one's place."""
    if not folder.is_dir():
        raise WrongUsage("money.no-folder", path=str(folder))
    tables = {name: path for name, path in given.items() if path is not None}
    status = 0
    if tables or tags:
        status = bringing(folder, lambda place: _keep(place, tables, tags))
    for name, path in desk.kept(ledger_of(folder)).items():
        with opened(path, rows.MAX_BYTES) as stream:
            digest, size = sha256_stream(stream)
        row = {"table": name, "digest": digest, "bytes": size}
        click.echo(json.dumps(row) if as_json else say("money.kept-table", **row))
    count = len(list(desk.kept_tags(ledger_of(folder))))
    click.echo(json.dumps({"tags": count}) if as_json else say("money.kept-tags", count=count))
    return status


def _keep(folder: Path, tables: dict[str, Path], tags: tuple[Path, ...]) -> int:
    read = [desk.keep_table(folder, name, path) for name, path in tables.items()]
    packs = [desk.keep_tags(folder, path) for path in tags]
    wrong = named(problem for pack in packs for problem in pack.problems)
    return max(wrong, *(named(each.problems, each.unnamed) for each in read), 0)
