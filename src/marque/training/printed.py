"""`python -m marque.training.printed WORLD WORKSPACE`: the truth table of a world against a workspace's current run."""

from pathlib import Path

import click

from marque.errors import WrongUsage
from marque.runs.pipeline import read_current
from marque.training.marking import lines, mark


@click.command()
@click.argument("world", type=click.Path(path_type=Path))
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--each", is_flag=True, help="Name the first few that were missed or wrongly claimed.")
def main(world: Path, workspace: Path, each: bool) -> None:
    """Print how much of WORLD's planted truth the current run of WORKSPACE found, and what it claimed wrongly.

    Example: python -m marque.training.printed demo-world demo-workspace --each
    """
    run = read_current(workspace)
    if run is None:
        raise WrongUsage("training.no-run", path=str(workspace))
    marks = mark(world, run)
    for line in lines(marks):
        click.echo(line)
    if each:
        for row in marks:
            for sign, names in (("-", row.missed), ("!", row.mistakes)):
                for name in names:
                    click.echo(f"{sign} {row.question}: {name}")


if __name__ == "__main__":
    main()
