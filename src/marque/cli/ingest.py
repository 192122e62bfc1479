"""`marque ingest`: seal captures in a workspace."""

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from marque.cli.shown import safe
from marque.cli.writing import writing
from marque.errors import WrongUsage
from marque.evidence.derive import Shelf
from marque.evidence.ingest import Row, Sealer, ingest
from marque.evidence.results import Trouble
from marque.runs.lock import person
from marque.words import say

_SHOWN = 3  # problems a file in text; --json has them all
_COUNTED = ("sealed", "known", "damaged", "refused", "skipped")


def _paths(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    """Paths as given. An empty one is most likely a shell variable without a value, and not meant as this folder."""
    if "" in given:
        raise WrongUsage("cli.empty-path")
    return tuple(Path(path) for path in given)


@click.command(
    "ingest", epilog="Example:  marque ingest case-14 crawl.warc.gz saved-pages/ --authority 'order 12/2026'"
)
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, callback=_paths)
@click.option("--authority", default="", metavar="TEXT", help="Order or consent under which these were captured.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a file.")
@click.option("--no-wait", is_flag=True, help="While another process writes, end with status 3 instead of waiting.")
def command(workspace: Path, paths: tuple[Path, ...], authority: str, as_json: bool, no_wait: bool) -> int:
    """Seal every capture in PATH... (WARC, ARC, WACZ, HAR, saved pages, or folders of them) in WORKSPACE.

    Sealed bytes never change, and the same file twice changes nothing. A damaged capture is sealed as it is and its
    damage named. Exit status: 0 done, 1 done but some file is damaged or refused, 2 wrong usage, 3 failed; what was
    reported as sealed before a failure stays sealed.
    """
    counts: Counter[str] = Counter()
    clean = True
    with (
        writing(workspace, f"ingest {paths[0].name}", patient=not no_wait) as opened,
        click.progressbar(length=_bytes(paths), label=say("evidence.ingesting"), file=sys.stderr) as bar,
    ):
        sealer = Sealer(opened.vault, Shelf(opened.vault, opened.derived), person(), authority, bar.update)
        for row in ingest(sealer, paths):
            counts[row.status] += 1
            clean = clean and (row.status == "skipped" or not (row.status == "refused" or row.result.problems))
            _show(row, as_json)
    summary = ", ".join(f"{counts[name]:,} {say(f'evidence.status-{name}')}" for name in _COUNTED if counts[name])
    click.echo(say("evidence.ingested", summary=summary or "0"), err=True)
    return 0 if clean else 1


def _bytes(paths: Iterable[Path]) -> int:
    """How much there is to seal, for the bar; what cannot be looked at is named when its turn comes."""
    total = 0
    for path in paths:
        with contextlib.suppress(OSError):
            for each in [path] if path.is_file() else path.rglob("*"):
                total += each.stat().st_size if each.is_file() else 0
    return total


def _show(row: Row, as_json: bool) -> None:
    """One row on stdout; what a person should know about it on stderr."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    if row.status != "skipped":
        click.echo(json.dumps(as_line(row), sort_keys=True) if as_json else _text(row))
    if row.result.sites > 1:
        click.echo(safe(say("evidence.several-sites", path=row.path, sites=row.result.sites)), err=True)


def as_line(row: Row) -> dict[str, object]:
    """The JSON row of the contract."""
    problems = [_problem(trouble) for trouble in row.result.problems]
    if row.result.left_out:
        problems.append({"code": "evidence.more-problems", **_more(row)})
    return {
        "path": row.path,
        "digest": row.digest,
        "status": row.status,
        "kind": row.kind,
        "records": row.result.records,
        "sites": row.result.sites,
        "problems": problems,
        "notes": [{"code": code, "sentence": say(code)} for code in row.result.notes],
    }


def _problem(trouble: Trouble) -> dict[str, object]:
    problem = trouble.problem
    return {
        "code": problem.code,
        "record": trouble.record,
        "offset": problem.offset,
        "member": problem.member,
        "params": dict(problem.params),
        "sentence": say(problem.code, **dict(problem.params)),
    }


def _more(row: Row) -> dict[str, object]:
    count = row.result.left_out
    return {
        "record": None,
        "offset": None,
        "member": "",
        "params": {"count": str(count)},
        "sentence": say("evidence.more-problems", count=count),
    }


def _text(row: Row) -> str:
    digest = row.digest[:16] if row.digest else "-" * 16
    lines = [f"{say(f'evidence.status-{row.status}'):<8}  {digest}  {row.result.records:>7,}  {safe(row.path)}"]
    problems = row.result.problems
    for trouble in problems[:_SHOWN]:
        place = "" if trouble.problem.offset is None else f" @{trouble.problem.offset}"
        sentence = say(trouble.problem.code, **dict(trouble.problem.params))
        lines.append(safe(f"          {trouble.problem.member}{place} {sentence}"))
    rest = len(problems) - _SHOWN + row.result.left_out
    if rest > 0:
        lines.append(f"          {say('evidence.more-problems', count=rest)}")
    lines += [f"          {say(code)}" for code in row.result.notes]
    return "\n".join(lines)
