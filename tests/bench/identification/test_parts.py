"""Every part of the benchmark is offered on the command line, and each can be asked for alone."""

import click

from marque.bench.identification.parts import PARTS
from marque.cli.bench import identification


def test_the_command_offers_every_part() -> None:
    offered = next(each.type for each in identification.params if each.name == "parts")
    assert isinstance(offered, click.Choice)
    assert list(offered.choices) == [name for name, _ in PARTS]
