"""What the README shows is what the commands print, line by line."""

import pytest

from tests import demonstration, readme

COMMANDS = [each.command for each in readme.shown(readme.README.read_text("utf-8"))]


def test_the_story_is_shown_with_its_output() -> None:
    assert {command.split()[1] for command in COMMANDS} >= {"ingest", "signals", "investigate", "networks", "verify"}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_block_is_what_its_command_prints(command: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    (expected,) = [each for each in readme.shown(readme.README.read_text("utf-8")) if each.command == command]
    found = readme.output(command, demonstration.printed(tmp_path_factory))
    assert readme.disagreements(expected, found) == [], "bin/demo --once >demo-world/shown.txt; python -m tests.readme"


@pytest.mark.parametrize(
    ("line", "printed", "agree"),
    [
        pytest.param("     1,285  records read", "     1,285  records read", True, id="same"),
        pytest.param("     1,285  records read", "     1,286  records read", False, id="another figure"),
        pytest.param("sealed 0011223344556677  5", "sealed aabbccddeeff0011  5", True, id="another digest"),
        pytest.param("Run 17488ec5… (new)", "Run 00000000ffffffff (new)", True, id="cut digest"),
        pytest.param("score (1/1000 bit)", "a score (1/1000 bit)", False, id="other words"),
    ],
)
def test_lines_are_compared(line: str, printed: str, agree: bool) -> None:
    assert (readme.disagreements(readme.Shown("", (line,)), [printed]) == []) is agree


def test_figures_are_renewed_and_nothing_else() -> None:
    found = ["", "     9,999  records read (responses)", "Run 00112233445566 (new)"]
    assert readme.renewed("     1,285  records read (responses)", found) == "     9,999  records read (responses)"
    assert readme.renewed("Run 17488ec5… (new)", found) == "Run 00112233… (new)"
    assert readme.renewed("nothing like it 5", found) == "nothing like it 5"
