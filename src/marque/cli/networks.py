"""`marque networks`: link sightings to networks, explain a pair, find successors by names and dates."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from marque.errors import WrongUsage
from marque.networks import explain as explaining
from marque.networks import folder as folders
from marque.networks import shown, table_of_sites
from marque.networks import successors as following
from marque.words import say


@click.group("networks", epilog="Example:  marque networks link sightings.parquet --out linked")
def command() -> None:
    """Which sites belong together, and why."""


@command.command("link", epilog="Example:  marque networks link sightings.parquet --out linked --previous linked")
@click.argument("sightings", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="folder for the tables and the model")
@click.option("--model", type=click.Path(path_type=Path), help="a fitted model.json; without it one is fitted")
@click.option("--judgements", type=click.Path(path_type=Path), help="analysts' judgements (Parquet)")
@click.option("--previous", type=click.Path(path_type=Path), help="folder of the run before, whose network ids stay")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON line instead of text")
def link(
    sightings: Path,
    out: Path,
    model: Path | None,
    judgements: Path | None,
    previous: Path | None,
    engine: str,
    as_json: bool,
) -> None:
    """Link the sites of SIGHTINGS (columns site, kind, value, and time or first_seen and last_seen)."""
    if engine == "spark":
        raise WrongUsage("cli.no-cluster")
    counts = folders.link(sightings, out, model=model, judgements=judgements, previous=previous)
    if as_json:
        click.echo(json.dumps(counts, sort_keys=True))
        return
    click.echo(say("networks.linked", **{name: f"{count:,}" for name, count in counts.items()}))
    click.echo(say("networks.tested-on-synthetic"), err=True)


@command.command("explain", epilog="Example:  marque networks explain linked moon41.example moon42.example")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("site_a")
@click.argument("site_b")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text")
def explain(folder: Path, site_a: str, site_b: str, as_json: bool) -> None:
    """Every reason for and against a link; the weights (1/1000 bit) add up to the score."""
    found = explaining.explain(folder, site_a, site_b)
    for line in shown.as_json(found) if as_json else shown.as_text(found):
        click.echo(line)


@command.command("successors", epilog="Example:  marque networks successors sites.tsv --json")
@click.argument("sites", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text")
@click.option("--reasons", is_flag=True, help="with each proposal the rows that add up to its score (1/1000 bit)")
def successors(sites: Path, as_json: bool, reasons: bool) -> None:
    """Which site followed which, from a table with columns site, first_seen, last_seen, title, redirect_to."""
    for found in following.propose(table_of_sites.read(sites)):
        likely = following.likely(found)
        row: dict[str, Any] = {
            "site": found.site,
            "predecessor": found.predecessor if likely else None,
            "probability": found.probability if likely else 0.0,
        }
        rows = [asdict(step) for step in found.steps] if reasons and likely else []
        if as_json:
            click.echo(json.dumps({**row, "score": found.score, "reasons": rows} if rows else row))
            continue
        click.echo(_line(row))
        for step in rows:
            click.echo(f"  {step['weight']:>8,}  {say(step['why'])}  {step['value']}".rstrip())


def _line(row: dict[str, Any]) -> str:
    if row["predecessor"] is None:
        return say("networks.no-predecessor", **row)
    return say("networks.follows", **row)
