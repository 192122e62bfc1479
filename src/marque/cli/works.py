"""`marque works`: a catalogue of fingerprints, what may be shown where, and which work a picture is of."""

import json
import sys
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from marque.cli.compare import compare, pack
from marque.cli.keeping import remove, show
from marque.cli.main import complain
from marque.cli.partners import export, import_parcel
from marque.cli.shown import safe
from marque.errors import InputRefused, MarqueError, Parameter, WrongUsage
from marque.words import say
from marque.works import paths, rights
from marque.works.catalogue import Catalogue, written
from marque.works.decide import CALIBRATION
from marque.works.entries import COVER, ID_LENGTH, STRIP, Unit, Work, check_titles
from marque.works.unit import name_of


@click.group("works")
def command() -> None:
    """Fingerprint works, keep who may show them, and find them again."""


command.add_command(export)
command.add_command(import_parcel)
command.add_command(show)
command.add_command(remove)
command.add_command(pack)
command.add_command(compare)


class _Given(TypedDict):
    work: str
    titles: tuple[str, ...]
    holder: str | None
    language: str
    unit_id: str | None
    cover: bool
    right_to_left: bool
    thumbnails: bool


@command.command("add", epilog="Example:  marque works add catalogue --work moon-river --unit 12 --language en slices/")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.option("--work", required=True, metavar="ID", help="The work's identifier in this catalogue.")
@click.option("--title", "titles", multiple=True, metavar="LANG=TEXT", help="A title; may be given again.")
@click.option("--holder", metavar="NAME", help="Who holds the rights.")
@click.option("--language", default="", metavar="LANGUAGE", help="Language of this edition.")
@click.option("--unit", "unit_id", metavar="ID", help="Episode, chapter. Of a cover: its edition or volume.")
@click.option("--cover", is_flag=True, help="Each FILE is a cover of the work; covers name it and are never a unit.")
@click.option("--right-to-left", is_flag=True, help="Panels beside each other are read from the right.")
@click.option("--thumbnails", is_flag=True, help="Keep grey thumbnails, at most 160 px a panel (the holder's consent).")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def add(catalogue: Path, files: tuple[Path, ...], **given: Unpack[_Given]) -> int:
    """Fingerprint one unit: pictures in reading order, or one film, sound or text. The files themselves are not kept.

    CATALOGUE is made where there is none. The same unit again replaces what was kept of it. With --cover each FILE is a
    cover of the work, of the edition that --unit names; several at once are called by their file names.
    """
    named = _work(given)
    unit, language, sides = given["unit_id"], given["language"], (given["thumbnails"], given["right_to_left"])
    if unit is None and not given["cover"]:
        raise click.UsageError(say("works.unit-needed"))
    if given["cover"] and any(sides):
        raise WrongUsage("works.cover-options")
    with written(catalogue):
        opened = Catalogue.create(catalogue)
        if given["cover"]:
            units = paths.add_covers(opened, named, unit, language, files)
        else:
            units = paths.add(opened, named, unit or "", language, files, thumbnails=sides[0], right_to_left=sides[1])
    for kept in units:
        counts = {"panels": len(kept.panels), "codes": opened.table(kept).num_rows}
        medium = say(f"works.medium-{kept.medium}")
        click.echo(
            say(_ADDED.get(kept.medium, "works.added-medium"), **_names(kept), **counts, medium=medium), err=True
        )
    return 0


_ADDED = {STRIP: "works.added", COVER: "works.added-cover"}


def _names(kept: Unit) -> dict[str, str]:
    return {"work": safe(kept.work), "unit": safe(kept.unit)}


def _work(given: _Given) -> Work:
    """The work that is named; what a partner would have to refuse is not kept in the first place."""
    named = Work(given["work"], dict(_title(title) for title in given["titles"]), given["holder"])
    try:
        check_titles(named, "")
    except InputRefused as reason:
        raise WrongUsage("works.title-refused", work=safe(named.work[:ID_LENGTH])) from reason
    return named


def _title(text: str) -> tuple[str, str]:
    language, equals, title = text.partition("=")
    if not (language and equals and title):
        raise WrongUsage("works.bad-title", title=safe(text))
    return language, title


@command.command("rights", epilog="Example:  marque works rights catalogue licences.csv")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
def import_rights(catalogue: Path, file: Path) -> int:
    """Import who may show what: columns work, holder, territory, language, outlet, from, to.

    Replaces what this command imported before; what partners sent stays. An outlet is a site, an account on a platform,
    or a reseller. Nothing is imported unless every row is right.
    """
    opened = Catalogue.open(catalogue)
    found = rights.read(file, frozenset(opened.works()))
    with written(catalogue):
        rights.replace(opened, found)
    click.echo(say("works.rights-imported", rows=found.num_rows), err=True)
    return 0


@command.command("match", epilog="Example:  marque works match catalogue suspect-page/ --json")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.argument("asked", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a path.")
def match_paths(catalogue: Path, asked: tuple[Path, ...], as_json: bool) -> int:
    """Say which unit each PATH shows: one picture, film, sound or text, or one folder of slices in reading order.

    The score is the probability that PATH contains pictures, sound or text of the unit, under the prior printed. It
    says nothing about licence, uploader or intent.
    """
    opened = Catalogue.open(catalogue)
    click.echo(say("works.prior", odds=CALIBRATION.prior_one_in), err=True)
    sound = True
    with click.progressbar(asked, label=say("works.matching"), file=sys.stderr) as bar:
        for path in bar:
            shown = paths.shown(path, opened)  # a fault of the catalogue ends the command: it says nothing of any path
            sound = sound and not shown.problems
            for problem in shown.problems:
                complain(InputRefused(problem.code, **_safe(problem)))
            click.echo(json.dumps(_row(path, shown), ensure_ascii=False) if as_json else _text(path, shown))
    return 0 if sound else 1


def _row(path: Path, shown: paths.Shown) -> dict[str, object]:
    """A line of JSON. `problem` stands where nothing was looked at: what then was not found may be there."""
    codes = [problem.code for problem in shown.problems]
    unread: dict[str, object] = {} if shown.looked_at else {"looked_at": False, "problem": codes[0]}
    return {"path": name_of(path), "matches": [_found(row) for row in shown.rows], "problems": codes, **unread}


_SHOWN = ("work", "unit", "language", "medium", "score", "answer", "licensed", "mirrored", "panels", "panels_of")


def _found(row: dict[str, Any]) -> dict[str, object]:
    """A match as it is printed: a piece has a rectangle, or a start and an end."""
    pieces = [
        {
            side: {name: value for name, value in part.items() if value is not None} if isinstance(part, dict) else part
            for side, part in piece.items()
        }
        for piece in row["pieces"]
    ]
    return {**{name: row[name] for name in _SHOWN}, "pieces": pieces}


def _safe(problem: MarqueError) -> dict[str, Parameter]:
    """What a problem names, as a terminal may show it."""
    return {name: safe(value) if isinstance(value, str) else value for name, value in problem.params.items()}


def _text(path: Path, shown: paths.Shown) -> str:
    lines = [_line(found) for found in shown.rows]
    return "\n".join([safe(name_of(path)), *(f"  {line}" for line in lines or [_nothing(shown)])])


def _nothing(shown: paths.Shown) -> str:
    if not shown.looked_at:
        problem = shown.problems[0]
        return say("works.line-not-looked-at", reason=say(problem.code, **_safe(problem)))
    return say("works.line-none-in-part" if shown.problems else "works.line-none")


def _line(found: dict[str, Any]) -> str:
    code = "works.line-cover" if found["medium"] == COVER else f"works.line-{found['answer']}"
    named = {name: safe(str(found[name])) for name in _SHOWN}
    language = f" ({named['language']})" if named["language"] else ""
    return say(code, **{**named, "language": language, "medium": say(f"works.medium-{found['medium']}")})
