"""`marque init`: make an empty workspace."""

from pathlib import Path

import click

from marque.runs.workspace import Workspace
from marque.words import say


@click.command("init", epilog="Example:  marque init case-14")
@click.argument("workspace", type=click.Path(path_type=Path))
def command(workspace: Path) -> int:
    """Make WORKSPACE, an empty folder for captures, their log and everything worked out from them.

    One workspace belongs to one agency. Keep it on a local disk. Exit status 2 where WORKSPACE exists and is not empty.
    """
    made = Workspace.init(workspace)
    click.echo(say("runs.made", path=str(made.folder)), err=True)
    click.echo(say("runs.made.advice", path=str(made.folder)), err=True)
    return 0
