"""`bin/demo --once`, as a newcomer runs it: it ends well, claims nothing wrong of the lawful, and its pages answer."""

import re

import pytest

from tests import demonstration

pytestmark = pytest.mark.slow

# The main job takes well under 30 s on two idle cores; tests share theirs with each other.
PATIENCE_FOR_MAIN_JOB = 120


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    return demonstration.printed(tmp_path_factory)


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
