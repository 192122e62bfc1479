"""The `marque` command: finds the one file a command has, and turns our errors into one sentence and an advice."""

import importlib
import sys

import click

from marque import VERSION
from marque.errors import MarqueError
from marque.words import known, say

# Command -> module in this package. The module holds a click command (or group) named `command`.
COMMANDS: dict[str, str] = {
    "init": "init",
    "ingest": "ingest",
    "investigate": "investigate",
    "signals": "signals",
    "works": "works",
    "networks": "networks",
    "money": "money",
    "verify": "verify",
    "serve": "serve",
    "bench": "bench",
}

# In the contract, but their capability has not been built yet: absent from --help, and said so when called.
NOT_YET: tuple[str, ...] = ("capture", "contacts", "export", "import", "admin", "exercise")


class Commands(click.Group):
    """Commands by name, each imported only when it is called: `marque --help` stays quick and loads no Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in NOT_YET:
            raise click.UsageError(say("cli.not-yet", command=cmd_name))
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"marque.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(f"cli.help-{name}")) for name in COMMANDS])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
def group() -> None:
    """From web captures of suspected piracy sites to cases that several countries can act on together."""


def complain(error: MarqueError) -> None:
    """One sentence, and what to do about it, on stderr."""
    click.echo(f"marque: {say(error.code, **error.params)}", err=True)
    if known(f"{error.code}.advice"):
        click.echo(f"  {say(f'{error.code}.advice', **error.params)}", err=True)


def main() -> None:
    """Entry point. Exit status: 0 done, 1 done with damaged or refused inputs, 2 wrong usage, 3 failed."""
    try:
        status = group.main(prog_name="marque", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except MarqueError as error:
        complain(error)
        sys.exit(error.exit_status)
    sys.exit(status if isinstance(status, int) else 0)
