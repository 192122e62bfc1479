"""`marque serve`: the pages over one workspace, on this machine only."""

import sys
from pathlib import Path

import click

from marque.words import say


@click.command("serve", epilog="Example:  marque serve case-14 --works catalogue --port 8000")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option(
    "--works",
    "catalogue",
    metavar="CATALOGUE",
    type=click.Path(path_type=Path),
    help="For titles and panels; else the last run's.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="0 takes any free port.")
@click.option("--mode", type=click.Choice(["demo"]), default="demo", show_default=True, help="One local reader.")
def command(workspace: Path, catalogue: Path | None, port: int, mode: str) -> int:
    """Serve the current run of WORKSPACE on 127.0.0.1, read-only, until stopped with Ctrl-C.

    The run's tables are loaded once into WORKSPACE/cache, which can be deleted and loses nothing. The address is
    printed on stdout as soon as the pages answer.
    """
    from marque.runs.pipeline import catalogue_of
    from marque.web import serving

    catalogue = catalogue or catalogue_of(workspace)
    chosen = serving.free(port)
    with click.progressbar(length=1, label=say("web.preparing"), file=sys.stderr) as bar:

        def progress(stage: str, done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        serving.prepare(workspace, catalogue, progress)
        bar.finish()
    serving.serve(chosen, lambda: click.echo(f"http://{serving.ADDRESS}:{chosen}/"))
    return 0
