"""The command group: what it lists, what it says of what is not built, how errors end."""

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest

from marque.cli.main import COMMANDS, NOT_YET


def marque(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "marque.cli", *arguments], capture_output=True, text=True, check=False)


def test_help_lists_what_is_built_and_only_that() -> None:
    answer = marque("--help")
    assert answer.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in answer.stdout
    for name in NOT_YET:
        assert f"\n  {name} " not in answer.stdout


@pytest.mark.parametrize("name", NOT_YET)
def test_what_is_not_built_says_so(name: str) -> None:
    answer = marque(name, "anything")
    assert answer.returncode == 2
    assert f"'{name}'" in answer.stderr
    assert answer.stdout == ""


def test_an_unknown_command_is_wrong_usage() -> None:
    answer = marque("plunder")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def words_of(name: str, command: click.Command) -> list[list[str]]:
    """The words that call a command; of a group, those of each command in it."""
    if isinstance(command, click.Group):
        return [[name, each] for each in command.commands]
    return [[name]]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    module = importlib.import_module(f"marque.cli.{COMMANDS[name]}")
    for words in words_of(name, module.command):
        answer = marque(*words, "--help")
        assert answer.returncode == 0
        assert "marque " + " ".join(words) in answer.stdout, words


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    """`marque signals ... | head -1` ends quietly."""
    page = tmp_path / "page.html"
    links = "".join(f"<a href='https://t.me/channel{number}'>x</a>" for number in range(20_000))
    page.write_text(f"<html><head><link rel=canonical href='https://toon.example/'></head><body>{links}</body></html>")
    command = [sys.executable, "-m", "marque.cli", "signals", str(page)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
