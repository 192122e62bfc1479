"""`marque works list` and `marque works remove`: what a catalogue keeps, and how a wrong `add` is undone."""

import json
from pathlib import Path

import click

from marque.cli.shown import safe
from marque.words import say
from marque.works.catalogue import Catalogue, written
from marque.works.entries import Unit, Work


@click.command("list", epilog="Example:  marque works list catalogue --json")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a unit.")
def show(catalogue: Path, as_json: bool) -> int:
    """Say which works and units CATALOGUE keeps, of which medium."""
    opened = Catalogue.open(catalogue)
    works, units = opened.works(), opened.units(None)
    named = works | {unit.work: Work(unit.work, {}, None) for unit in units if unit.work not in works}
    for work in sorted(named):
        held = [unit for unit in units if unit.work == work]
        for line in _rows(named[work], held) if as_json else _lines(named[work], held):
            click.echo(line)
    return 0


def _rows(work: Work, units: list[Unit]) -> list[str]:
    """A line of JSON a unit; a work without units has one, whose unit is null."""
    held = [{"unit": u.unit, "language": u.language, "medium": u.medium, "panels": len(u.panels)} for u in units]
    return [json.dumps({**work.body(), **unit}, ensure_ascii=False) for unit in held or [{"unit": None}]]


def _lines(work: Work, units: list[Unit]) -> list[str]:
    titles = "".join(f"; {safe(language)}: {safe(title)}" for language, title in sorted(work.titles.items()))
    holder = f"; {safe(work.holder)}" if work.holder else ""
    return [f"{safe(work.work)}{titles}{holder}", *(f"  {_unit(unit)}" for unit in units)]


def _unit(unit: Unit) -> str:
    language = f" ({safe(unit.language)})" if unit.language else ""
    return f"{safe(unit.unit)}{language}, {say(f'works.medium-{unit.medium}')}"


@click.command("remove", epilog="Example:  marque works remove catalogue --work moon-river --unit 12")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.option("--work", required=True, metavar="ID", help="The work, with all its units where none is named.")
@click.option("--unit", "unit_id", metavar="ID", help="Only the unit, or cover, of this name.")
@click.option("--language", "--edition", "language", metavar="LANGUAGE", help="Only the edition in this language.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a unit that was removed.")
def remove(catalogue: Path, work: str, unit_id: str | None, language: str | None, as_json: bool) -> int:
    """Remove units, or a work, and their thumbnails from CATALOGUE. With its last unit the work itself goes.

    Rights facts stay as they were imported. What a partner got before is not taken back.
    """
    with written(catalogue):
        opened = Catalogue.open(catalogue)
        known = opened.works().get(work) or Work(work, {}, None)
        gone = opened.remove(work, unit_id, language)
    if as_json:
        for line in _rows(known, gone):
            click.echo(line)
    click.echo(say("works.removed", work=safe(work), units=len(gone)), err=True)
    for unit in gone if not as_json else []:
        click.echo(f"  {_unit(unit)}", err=True)
    return 0
