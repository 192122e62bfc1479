"""`marque works`: a catalogue of fingerprints, what may be shown where, and which work a picture is of."""

import json
import sys
from pathlib import Path

import click

from marque.cli.partners import export, import_parcel
from marque.cli.shown import safe
from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.words import say
from marque.works import fingerprint, patches, rights, unit
from marque.works.catalogue import Catalogue
from marque.works.decide import CALIBRATION
from marque.works.match import match
from marque.works.model import FINGERPRINTS

# In the contract, but their capability has not been built yet: absent from --help, and said so when called.
NOT_YET = ("compare",)


class _Works(click.Group):
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in NOT_YET:
            raise click.UsageError(say("cli.not-yet", command=f"works {cmd_name}"))
        return super().get_command(ctx, cmd_name)


@click.group("works", cls=_Works)
def command() -> None:
    """Fingerprint works, keep who may show them, and find them again."""


command.add_command(export)
command.add_command(import_parcel)


@command.command("add", epilog="Example:  marque works add catalogue --work moon-river --unit 12 --language en slices/")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.option("--work", required=True, metavar="ID", help="The work's identifier in this catalogue.")
@click.option("--title", "titles", multiple=True, metavar="LANG=TEXT", help="A title; may be given again.")
@click.option("--holder", metavar="NAME", help="Who holds the rights.")
@click.option("--language", default="", metavar="LANGUAGE", help="Language of this edition.")
@click.option("--unit", "unit_id", required=True, metavar="ID", help="Episode, chapter.")
@click.option("--thumbnails", is_flag=True, help="Keep grey thumbnails, at most 160 px a panel (the holder's consent).")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def add(
    *,
    catalogue: Path,
    work: str,
    titles: tuple[str, ...],
    holder: str | None,
    language: str,
    unit_id: str,
    thumbnails: bool,
    files: tuple[Path, ...],
) -> int:
    """Fingerprint one unit: pictures in reading order, or a folder of them. The files themselves are not kept.

    CATALOGUE is made where there is none. The same unit again replaces what was kept of it.
    """
    named = dict(_title(title) for title in titles)
    opened = Catalogue.create(catalogue)
    kept = opened.add(work, unit_id, language, named, holder, files, thumbnails)
    codes = opened.patches(kept).num_rows
    click.echo(say("works.added", work=safe(work), unit=safe(unit_id), panels=len(kept.panels), codes=codes), err=True)
    return 0


def _title(text: str) -> tuple[str, str]:
    language, equals, title = text.partition("=")
    if not (language and equals and title):
        raise WrongUsage("works.bad-title", title=safe(text))
    return language, title


@command.command("rights", epilog="Example:  marque works rights catalogue licences.csv")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
def import_rights(catalogue: Path, file: Path) -> int:
    """Import who may show what: columns work, holder, territory, language, outlet, from, to. Replaces the old table.

    An outlet is a site, an account on a platform, or a reseller. Nothing is imported unless every row is right.
    """
    opened = Catalogue.open(catalogue)
    found = rights.read(file, frozenset(opened.works()))
    opened.replace_rights(found)
    click.echo(say("works.rights-imported", rows=found.num_rows), err=True)
    return 0


@command.command("match", epilog="Example:  marque works match catalogue suspect-page/ --json")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a path.")
def match_paths(catalogue: Path, paths: tuple[Path, ...], as_json: bool) -> int:
    """Say which unit each PATH shows: one picture, or one folder of slices in reading order.

    The score is the probability that PATH contains pictures of the unit, under the prior printed. It says nothing
    about licence, uploader or intent.
    """
    opened = Catalogue.open(catalogue)
    click.echo(say("works.prior", odds=CALIBRATION.prior_one_in), err=True)
    sound = True
    with click.progressbar(paths, label=say("works.matching"), file=sys.stderr) as bar:
        for path in bar:
            row, problems = _match(path, opened)
            sound = sound and not problems
            for problem in problems:
                click.echo(f"marque: {say(problem.code, **_safe(problem))}", err=True)
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else _text(row))
    return 0 if sound else 1


def _match(path: Path, catalogue: Catalogue) -> tuple[dict[str, object], list[InputRefused]]:
    try:
        strip, problems = unit.read_strip(path)
    except InputRefused as reason:
        return {"path": str(path), "matches": [], "problems": [reason.code]}, [reason]
    table = FINGERPRINTS.empty_table()
    if strip.segments:
        table = fingerprint.table(strip, patches.find(strip), str(path), None, None, column="file")
    return {
        "path": str(path),
        "matches": [_found(row) for row in match(table, catalogue).to_pylist()],
        "problems": [problem.code for problem in problems],
    }, problems


_SHOWN = ("work", "unit", "language", "score", "answer", "licensed", "mirrored", "panels", "panels_of")


def _found(row: dict[str, object]) -> dict[str, object]:
    pieces = row["pieces"]
    assert isinstance(pieces, list)
    for piece in pieces:
        del piece["query"]["record"]
    return {**{name: row[name] for name in _SHOWN}, "pieces": pieces}


def _safe(problem: MarqueError) -> dict[str, object]:
    return {name: safe(value) if isinstance(value, str) else value for name, value in problem.params.items()}


def _text(row: dict[str, object]) -> str:
    matches = row["matches"]
    assert isinstance(matches, list)
    lines = [
        say(f"works.line-{found['answer']}", **{name: safe(str(found[name])) for name in _SHOWN}) for found in matches
    ]
    return "\n".join([safe(str(row["path"])), *(f"  {line}" for line in lines or [say("works.line-none")])])
