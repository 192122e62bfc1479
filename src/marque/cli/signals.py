"""`marque signals`: every signal in captures, without a workspace."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from marque.cli.shown import safe
from marque.evidence import captures, read
from marque.evidence.model import Capture, Exchange, Problem
from marque.signals.extract import Memory, extract
from marque.signals.lines import lines
from marque.words import say


@click.command("signals", epilog="Example:  marque signals crawl.warc.gz > sightings.jsonl")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """Print every signal found in the captures FILE... (or folders of them), one JSON object a line.

    The columns are those of the sightings table. A sighting says that these bytes stood there, not who put them
    there. Damaged and refused files are named on stderr. Exit status: 0 done, 1 done but some file is damaged or
    refused, 2 wrong usage.
    """
    sound = [_print(found) for file in files for found in captures.walk(file)]
    return 0 if all(sound) else 1


def _print(found: captures.Found) -> bool:
    """Whether the file is a capture without damage; one met in a folder that is none is passed over."""
    if found.capture is None:
        if found.problem and found.named:
            _complain(found.path, found.problem)
        return not found.named
    sound = True
    for item in _exchanges(found.capture):
        if isinstance(item, Problem):
            _complain(found.path, item)
            sound = False
        else:
            sys.stdout.write(item)
    return sound


def _exchanges(capture: Capture) -> Iterator[Problem | str]:
    """Problems as they are met, and the lines of every exchange in between."""
    memory = Memory()
    for item in read.read(capture):
        if isinstance(item, Exchange):
            yield from item.record.problems
            if text := "\n".join(lines(extract(item, memory))):
                yield text + "\n"
        else:
            yield item


def _complain(path: Path, problem: Problem) -> None:
    place = "" if problem.offset is None else f" @{problem.offset}"
    member = f" {problem.member}" if problem.member else ""
    click.echo(safe(f"{path}{member}{place}: {say(problem.code, **dict(problem.params))}"), err=True)
