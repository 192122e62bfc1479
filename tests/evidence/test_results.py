"""What a reading came to, through the text it is kept as."""

from hypothesis import given
from hypothesis import strategies as st

from marque.evidence.model import Problem
from marque.evidence.results import MOST_PROBLEMS, Result, Tally, Trouble, as_text, parse

TEXT = st.text(max_size=20)
PROBLEMS = st.builds(
    Problem,
    code=TEXT,
    offset=st.none() | st.integers(0, 2**60),
    member=TEXT,
    params=st.dictionaries(TEXT, TEXT, max_size=3).map(lambda found: tuple(sorted(found.items()))),
)


@given(st.lists(st.builds(Trouble, PROBLEMS, st.none() | TEXT), max_size=5), st.integers(0, 9), st.integers(0, 9))
def test_a_result_comes_back_as_it_was(problems: list[Trouble], records: int, left_out: int) -> None:
    result = Result(records, 1, tuple(problems), left_out, ("evidence.wacz-signed",))
    again = parse(as_text(result))
    assert (again.records, again.sites, again.left_out, again.notes) == (records, 1, left_out, result.notes)
    assert [(t.record, t.problem.code, dict(t.problem.params)) for t in again.problems] == [
        (t.record, t.problem.code, dict(t.problem.params)) for t in problems
    ]


def test_problems_without_end_are_counted_not_kept() -> None:
    tally = Tally()
    tally.note(Trouble(Problem("read.garbage", offset)) for offset in range(MOST_PROBLEMS + 7))
    result = tally.result()
    assert (len(result.problems), result.left_out) == (MOST_PROBLEMS, 7)


def test_a_body_that_was_not_recorded_is_named_and_no_damage() -> None:
    tally = Tally()
    tally.note(Trouble(Problem("read.har-body-missing", offset)) for offset in range(MOST_PROBLEMS + 7))
    assert not parse(as_text(tally.result())).damaged
    tally.note([Trouble(Problem("read.har-cut"))])
    assert parse(as_text(tally.result())).damaged
    assert tally.result().left_out == 8
