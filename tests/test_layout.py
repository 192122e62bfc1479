"""The shape of the house: sizes, docstrings, names, twin tests, and a command line that starts without Django."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "marque"
MODULES = sorted(SOURCE.rglob("*.py"))
LARGEST, LONGEST_FUNCTION = 400, 40
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "base", "core", "misc"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def written_files() -> Iterator[Path]:
    for folder in ("src", "tests", "bin"):
        for path in sorted((ROOT / folder).rglob("*")):
            source = path.suffix in {".py", ".html", ".css", ".js"} or path.parent.name == "bin"
            if path.is_file() and source and "vendor" not in path.parts:
                yield path


def test_no_file_is_too_long() -> None:
    ours = (path for path in written_files() if "fonts" not in path.parts)
    assert {str(path.relative_to(ROOT)): lines(path) for path in ours if lines(path) > LARGEST} == {}


def test_the_median_module_is_small() -> None:
    assert statistics.median(lines(path) for path in MODULES if path.name != "__init__.py") <= 150


def test_every_module_says_what_it_is() -> None:
    assert [str(p.relative_to(ROOT)) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))] == []


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_packages_hold_no_code_in_their_init() -> None:
    for path in SOURCE.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        allowed = 2 if path.parent == SOURCE else 1
        assert len(body) <= allowed, path


def test_names_say_something() -> None:
    assert [path for path in MODULES if path.stem in VAGUE or path.parent.name in VAGUE] == []


@pytest.mark.parametrize("package", sorted({path.parent for path in MODULES}), ids=lambda path: path.name)
def test_each_package_has_tests(package: Path) -> None:
    """A package's tests lie where the package lies."""
    modules = [path for path in package.glob("*.py") if path.stem not in {"__init__", "__main__", "model"}]
    if not modules:
        return
    place = ROOT / "tests" / package.relative_to(SOURCE)
    assert list(place.glob("test_*.py")), f"no tests in {place.relative_to(ROOT)}"


def test_the_command_line_starts_without_django() -> None:
    probe = "import sys, marque.cli.main; sys.exit(any(m in sys.modules for m in ('django', 'pyarrow', 'cv2')))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
