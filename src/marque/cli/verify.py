"""`marque verify`: is everything that was sealed and logged still there, unchanged?"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from marque.cli.main import complain
from marque.cli.shown import safe
from marque.errors import InputRefused, MarqueError, StoreDamaged, WrongUsage
from marque.evidence import checkpoint, log, signing
from marque.evidence.checkpoint import Checkpoint
from marque.evidence.findings import Finding, exit_status
from marque.evidence.verify import verify
from marque.runs.workspace import is_workspace, looks_like_workspace, read_origin
from marque.words import say
from marque.works import check
from marque.works.comparison import exhibit

WRONG_USAGE, INTERNAL = 64, 70


class Verify(click.Command):
    """This command's exit statuses follow sysexits where they are not about the evidence: 64 is wrong usage."""

    def make_context(self, *args: object, **kwargs: object) -> click.Context:
        try:
            return super().make_context(*args, **kwargs)  # type: ignore[arg-type]
        except click.UsageError as error:
            error.show()
            sys.exit(WRONG_USAGE)


@click.command("verify", cls=Verify, epilog="Example:  marque verify case-14 --trust checkpoint-of-march.txt")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A log checkpoint kept elsewhere; for an exhibit, the keys trusted.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines only, one a finding, the verdict last.")
def command(path: Path, trust: Path | None, as_json: bool) -> int:
    """Re-hash everything sealed in the workspace PATH and prove its log; or prove an exhibit or a catalogue.

    Nothing is written. With --trust also: nothing logged up to that checkpoint was changed, cut or replaced. Without
    it a workspace can only be shown to agree with itself. An exhibit is valid only where --trust names its signer's
    key, a line a key; without that its signer is unknown. Exit status: 0 valid, 1 invalid, 2 incomplete, 3 the
    checkpoint given is of another log or the signer unknown, 64 wrong usage, 70 internal failure.
    """
    try:
        return _verify(path, trust, as_json)
    except MarqueError as error:
        complain(error)
        return WRONG_USAGE if isinstance(error, WrongUsage) else INTERNAL
    except BrokenPipeError:
        raise
    except Exception as error:  # contract: no traceback, and never the status of a valid workspace
        complain(MarqueError("evidence.verify-failed", error=type(error).__name__))
        return INTERNAL


def _verify(path: Path, trust: Path | None, as_json: bool) -> int:
    if exhibit.is_exhibit(path):
        return _told(exhibit.verify(path, signing.read_trust(trust) if trust else None), "exhibit", as_json)
    if check.is_catalogue(path):
        return _told(check.verify(path), "catalogue", as_json)
    if not looks_like_workspace(path):
        raise WrongUsage("runs.no-workspace", path=str(path))
    outside = _trusted(trust)
    grades = set()
    with click.progressbar(length=_bytes(path), label=say("evidence.verifying"), file=sys.stderr) as bar:
        for finding in _findings(path, outside, bar.update):
            grades.add(finding.grade)
            if sys.stderr.isatty():
                click.echo("\r\x1b[K", nl=False, err=True)
            click.echo(_line(finding, as_json))
    status = exit_status(grades)
    click.echo(_verdict(path, status, as_json))
    return status


def _told(findings: Iterator[Finding], kind: str, as_json: bool) -> int:
    """What verifying an exhibit or a catalogue comes to."""
    grades = set()
    for finding in findings:
        grades.add(finding.grade)
        click.echo(_line(finding, as_json))
    status = exit_status(grades)
    sentence = say(f"evidence.{kind}-verdict-{status}")
    click.echo(json.dumps({"check": "verdict", "exit": status, "sentence": sentence}) if as_json else sentence)
    return status


def _findings(path: Path, trust: Checkpoint | None, moved: object) -> Iterator[Finding]:
    origin = None
    try:
        if not is_workspace(path):
            yield Finding("identity", "missing", "runs.identity-missing", {"path": str(path)})
        else:
            origin = read_origin(path)
            yield Finding("identity", "ok", "runs.identity-read", {"origin": origin})
    except StoreDamaged as damage:
        yield Finding("identity", "fault", damage.code, damage.params)
    assert callable(moved)
    yield from verify(path, origin, trust, moved)


def _trusted(path: Path | None) -> Checkpoint | None:
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            return checkpoint.parse_note(stream.read(checkpoint.LARGEST))
    except (OSError, InputRefused) as reason:
        raise WrongUsage("evidence.trust-unreadable", path=str(path)) from reason


def _bytes(path: Path) -> int:
    return sum(
        each.stat().st_size for name in ("vault", "derived") for each in (path / name).rglob("*") if each.is_file()
    )


def _line(finding: Finding, as_json: bool) -> str:
    sentence = say(finding.code, **finding.params)
    if as_json:
        row = {"check": finding.check, "result": finding.grade, "code": finding.code, "params": dict(finding.params)}
        return json.dumps(row | {"sentence": sentence}, sort_keys=True)
    grade = say(f"evidence.grade-{finding.grade}")
    return safe(f"{say(f'evidence.check-{finding.check}'):<10}  {grade:<8}  {sentence}")


def _verdict(path: Path, status: int, as_json: bool) -> str:
    """What it comes to; with the log's own checkpoint, to be kept elsewhere for the next time."""
    try:
        kept = log.read_checkpoint(path / "log").text().decode()
    except StoreDamaged:
        kept = ""
    sentence = say(f"evidence.verdict-{status}")
    if as_json:
        row = {"check": "verdict", "exit": status, "checkpoint": kept, "sentence": sentence}
        return json.dumps(row, sort_keys=True)
    if status or not kept:
        return sentence
    return f"{sentence}\n{say('evidence.keep-checkpoint')}\n\n{safe(kept.rstrip(), keep=chr(10))}"
