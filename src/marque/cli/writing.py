"""What a command that writes says on stderr while it waits for another, and after one that was stopped."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from marque.cli.shown import safe
from marque.runs.lock import Holder
from marque.runs.workspace import Recovery, Workspace
from marque.words import say


@contextlib.contextmanager
def writing(folder: Path, task: str, *, patient: bool = True) -> Iterator[Workspace]:
    """The workspace, opened as its only writer."""
    with Workspace.writing(folder, task, _waiting, patient=patient) as opened:
        _say_recovered(opened.recovered)
        yield opened


def _waiting(holder: Holder | None) -> None:
    if holder is None:
        click.echo(say("runs.waiting-unknown"), err=True)
    else:
        task = safe(holder.task)
        click.echo(say("runs.waiting", who=holder.who, pid=holder.pid, since=holder.since, task=task), err=True)


def _say_recovered(recovered: Recovery | None) -> None:
    if recovered:
        log, objects = recovered.log, len(recovered.taken_back)
        click.echo(say("runs.recovered", cut=log.cut, kept=log.kept, objects=objects), err=True)
