"""`marque bench`: benchmarks with their peers side by side, in one run on one machine."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from marque.bench.model import Absent, Figure
from marque.words import say

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("bench", epilog="Example:  marque bench signals --json")
def command() -> None:
    """Measure marque beside its peers. Figures hold for this machine and this run."""


@command.command("signals", epilog="Example:  marque bench signals --file crawl.warc.gz")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a figure.")
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Measure on this capture.")
@click.option("--seed", default=1, show_default=True, help="Of the invented crawl.")
def signals(as_json: bool, file: Path | None, seed: int) -> int:
    """CPU of `marque signals` beside reading and parsing alone, and beside BeautifulSoup with the standard patterns."""
    from marque.bench.signals import run

    _show(run(file, seed), as_json)
    return 0


@command.command("linking", epilog="Example:  marque bench linking --json")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a figure.")
@click.option("--sites", default=10_000, show_default=True, type=click.IntRange(10, 1_000_000), help="Of the world.")
@click.option("--seed", default=7, show_default=True, help="Of the invented world.")
def linking(as_json: bool, sites: int, seed: int) -> int:
    """Links and networks on an invented world of operators, beside shared values, rare values and Splink."""
    from marque.bench.linking import run

    _show(run(sites, seed), as_json)
    return 0


@command.command("successors", epilog="Example:  marque bench successors --json")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a figure.")
@click.option("--sites", default=2_000, show_default=True, type=click.IntRange(40, 200_000), help="Of each world.")
@click.option("--seed", default=1, show_default=True, help="Of the invented worlds, and of what is drawn from files.")
@click.option("--moves", type=_FILE, help="Real moves (TSV: old_domain, new_domain, date, move_class).")
@click.option("--themes", type=_FILE, help="Sites that never moved (TSV with a column domain).")
@click.option("--hubs", type=_FILE, help="Addresses that serve many offers, one a line.")
@click.option(
    "--decoys",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of hosts lists (*.txt) of sites that never moved.",
)
def successors(
    as_json: bool,
    sites: int,
    seed: int,
    moves: Path | None,
    themes: Path | None,
    hubs: Path | None,
    decoys: Path | None,
) -> int:
    """Who followed whom, by names and dates alone, beside a matcher of brands and dates; errors by class of move."""
    from marque.bench.successors import files, run

    _show(run(sites, seed, files(moves, themes, hubs, decoys)), as_json)
    return 0


@command.command("identification", epilog="Example:  marque bench identification --part strips --part index --json")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a figure.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(["strips", "video", "audio", "text", "marks", "index", "unknown"]),
    help="Only this part; may be given again.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Real strips instead of drawn ones: a folder a language, in it a folder an episode.",
)
@click.option("--seed", default=1, show_default=True, help="Of the invented material.")
def identification(as_json: bool, parts: tuple[str, ...], folder: Path | None, seed: int) -> int:
    """Which work is it: recall and false claims under attack, for strips, film, sound, text, marks; the index's speed.

    Half of the works are unknown to the catalogue. It takes a good while: name the part that is wanted. `unknown`, ten
    thousand pages of unknown works, takes an hour and runs only where it is named.
    """
    from marque.bench.identification.parts import run

    _show(run(parts, seed, folder), as_json)
    return 0


def _show(figures: Iterable[Figure | Absent], as_json: bool) -> None:
    for figure in figures:
        if isinstance(figure, Absent):
            click.echo(say("bench.absent", subject=figure.subject, needs=figure.needs), err=True)
        elif as_json:
            click.echo(json.dumps(asdict(figure)))
        else:
            click.echo(
                f"{figure.case:<20} {figure.subject:<18} {figure.metric:<32} {figure.value:>10,.2f} {figure.unit}"
            )
