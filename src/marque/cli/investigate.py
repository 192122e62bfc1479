"""`marque investigate`: every stage over what is sealed."""

import json
import sys
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from marque.cli.writing import writing
from marque.errors import WrongUsage
from marque.runs import workplace
from marque.runs.model import Run
from marque.words import say

COUNTED = ("records", "sites", "sightings", "matches", "links-accepted", "network-count", "service-count", "flows")


@click.command(
    "investigate",
    epilog="Example:  marque investigate case-14 --works catalogue",
)
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--works", type=click.Path(path_type=Path), help="catalogue of fingerprints to match pictures against")
@click.option("--model", type=click.Path(path_type=Path), help="a fitted model; without it one is fitted")
@click.option("--judgements", type=click.Path(path_type=Path), help="analysts' judgements (Parquet)")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON line instead of text")
def command(
    workspace: Path, works: Path | None, model: Path | None, judgements: Path | None, engine: str, as_json: bool
) -> int:
    """Read every sealed capture, find signals and works, link sites, trace money, propose assessments."""
    if engine == "spark":
        raise WrongUsage("cli.no-cluster")
    for path in (works, model, judgements):
        if path is not None and not path.exists():
            raise WrongUsage("cli.no-such-file", path=str(path))
    workplace.prepare()
    from marque.runs import pipeline  # a second of imports, beside those of the other processes

    with writing(workspace, "investigate") as opened:
        run = pipeline.investigate(opened, pipeline.Request(works, model, judgements), _Bars())
    _report(run, as_json)
    return 1 if run.failed else 0


def _report(run: Run, as_json: bool) -> None:
    if as_json:
        row = {"run": run.digest, "fresh": run.fresh, "counts": dict(run.counts), "failed": dict(run.failed)}
        click.echo(json.dumps(row, sort_keys=True))
        return
    click.echo(say("cli.run", digest=run.digest, state=say("cli.run-fresh" if run.fresh else "cli.run-stands")))
    for name in COUNTED:
        click.echo(f"  {run.counts[name]:>8,}  {say(f'cli.count-{name}')}")
    if run.counts["pictures-refused"]:
        click.echo(say("cli.pictures-refused", count=run.counts["pictures-refused"]), err=True)
    for digest, error in sorted(run.failed.items()):
        click.echo(say("cli.capture-failed", digest=digest, error=error), err=True)


class _Bars:
    """Progress on stderr: a bar while captures are read, a word for each later step."""

    def __init__(self) -> None:
        self._bar: ProgressBar[int] | None = None
        self._said = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != "read":
            if stage != self._said:
                click.echo(say(f"cli.step-{stage}"), err=True)
            self._said = stage
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=say("cli.step-read"), file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)
        if done >= total:
            self._bar.render_finish()
