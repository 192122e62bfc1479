"""The README's output blocks beside what the commands print today: `python -m tests.readme` writes the figures anew.

A block is fenced and begins with `$`. In it a line of `…` alone stands for any lines, `…` inside a line for any text.
Digests and records' names differ from run to run where a producer or a catalogue is built anew, so their letters are
not compared; every other figure is.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tests.demonstration import ROOT

README = ROOT / "README.md"
_BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.DOTALL | re.MULTILINE)
_ANY = "…"
_DIGEST = r"[0-9a-f]{8,}"
_NUMBER = r"\d[\d,.]*"
_PART = re.compile(f"({_ANY}|{_DIGEST}|{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Shown:
    """One command of the README and the lines under it."""

    command: str
    lines: tuple[str, ...]


def shown(text: str) -> Iterator[Shown]:
    """Every command of the README that is shown with output."""
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            if lines:
                yield Shown(command, tuple(lines))


def output(command: str, demonstration: str) -> list[str]:
    """What a command prints: taken from the demonstration's run where it changes a workspace, else asked again."""
    if command.startswith("marque ingest"):
        return [*(ROOT / "demo-world" / "ingest.txt").read_text("utf-8").splitlines(), *demonstration.splitlines()]
    if command.startswith("marque investigate"):
        return demonstration.splitlines()
    asked = command.replace("case-14", "demo-workspace").replace("marque ", f"{sys.executable} -m marque.cli ", 1)
    # `head` ends the pipe early, which is no failure of what writes into it.
    answer = subprocess.run(["bash", "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    return answer.stdout.splitlines()


def pattern(line: str, *, figures: bool) -> re.Pattern[str]:
    """What a line of the README must look like; with `figures` its numbers are open as well."""
    found = []
    for part in _PART.split(line):
        if part == _ANY:
            found.append("(.*?)")
        elif re.fullmatch(_DIGEST, part):
            found.append(f"({_DIGEST})")
        elif figures and re.fullmatch(_NUMBER, part):
            found.append(r"([\d,.]*\d[,.]?)")
        else:
            found.append(re.sub(r"(\\ )+", r" +", re.escape(part)))
    return re.compile("".join(found) + r"\s*")


def disagreements(expected: Shown, found: list[str], *, figures: bool = False) -> list[str]:
    """Lines of the README that the output does not hold, in order."""
    wrong, at = [], 0
    for line in expected.lines:
        if line.strip() == _ANY:
            continue
        place = _find(pattern(line, figures=figures), found, at)
        if place is None:
            wrong.append(line)
        else:
            at = place + 1
    return wrong


def _find(wanted: re.Pattern[str], found: list[str], at: int) -> int | None:
    return next((place for place in range(at, len(found)) if wanted.fullmatch(found[place])), None)


def renewed(line: str, found: list[str]) -> str:
    """A line of the README with the figures of the first line of the output that has its words."""
    wanted = pattern(line, figures=True)
    fitting = next((match for each in found if (match := wanted.fullmatch(each))), None)
    if line.strip() == _ANY or fitting is None:
        return line
    return _kept_width(line, fitting)


def _kept_width(line: str, fitting: re.Match[str]) -> str:
    parts, groups = _PART.split(line), iter(fitting.groups())
    new = []
    for part in parts:
        if not _PART.fullmatch(part):
            new.append(part)
            continue
        value = next(groups)
        new.append(_ANY if part == _ANY else value[: len(part)] if re.fullmatch(_DIGEST, part) else value)
    text = "".join(new)
    # Figures are set flush right: the printed line says how far in.
    aside = len(fitting.string) - len(fitting.string.lstrip(" "))
    return " " * aside + text.lstrip(" ")


def main() -> None:
    """Write the README's figures anew from the workspace that `bin/demo --once > demo-world/shown.txt` left."""
    text, demonstration = README.read_text("utf-8"), (ROOT / "demo-world" / "shown.txt").read_text("utf-8")
    for each in shown(text):
        found = output(each.command, demonstration)
        old = "\n".join(each.lines)
        text = text.replace(old, "\n".join(renewed(line, found) for line in each.lines), 1)
        for line in disagreements(each, found, figures=True):
            print(f"not printed any more, write it anew by hand: {line}")
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
