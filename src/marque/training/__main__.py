"""`python -m marque.training OUT --seed N`: build the demonstration world. Progress on stderr, nothing on stdout."""

import sys
from pathlib import Path

import click

from marque.errors import MarqueError
from marque.training.world import build
from marque.words import say


def _progress(step: str, done: int, of: int) -> None:
    end = "\n" if done == of else ""
    click.echo(f"\r{say(f'training.{step}', done=done, of=of)}{end}", err=True, nl=False)


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same world, byte for byte.")
def main(out: Path, seed: int) -> None:
    """Build the demonstration world in OUT: captures, a catalogue, and the truth about them.

    Example: python -m marque.training demo-world --seed 7
    """
    try:
        build(out, seed, _progress)
    except MarqueError as error:
        click.echo(f"marque: {say(error.code, **error.params)}", err=True)
        click.echo(f"  {say(f'{error.code}.advice', **error.params)}", err=True)
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
