"""`bin/demo --once`, as a newcomer runs it: it ends well, claims nothing wrong of the lawful, and its pages answer."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow

# The main job takes well under 30 s on two idle cores; tests share theirs with each other.
PATIENCE_FOR_MAIN_JOB = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def shown() -> str:
    answer = subprocess.run(
        ["bash", "bin/demo", "--once", "--port", str(free_port())],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    return answer.stdout + answer.stderr


def test_the_main_job_is_quick(shown: str) -> None:
    found = re.search(r"Main job \(ingest and investigate\): (\d+) s", shown)
    assert found
    assert int(found[1]) < PATIENCE_FOR_MAIN_JOB


@pytest.mark.parametrize(
    "question",
    [
        "bystanders' addresses",
        "pages without a catalogued work",
        "lawful sites left alone",
        "pairs of one operator with a common value, linked",
        "all pairs of one operator, in one network",
        "pairs that only look alike, declined",
        "the tempting false link",
        "payers and accounts",
    ],
)
def test_nothing_is_wrongly_claimed(shown: str, question: str) -> None:
    (line,) = [line for line in shown.splitlines() if line.startswith(question)]
    assert re.search(r"\s0 of \d+ \(at most", line), line


@pytest.mark.parametrize("language", ["ko", "es", "ja"])
def test_the_works_are_found_in_every_language(shown: str, language: str) -> None:
    (line,) = [
        line for line in shown.splitlines() if line.startswith(f"episodes of catalogued works, lettered in {language}")
    ]
    found = re.search(r"(\d+) / (\d+)", line)
    assert found
    assert found[1] == found[2]


def test_every_page_asked_answers(shown: str) -> None:
    assert re.search(r"\d+ pages asked, 0 failed", shown)
