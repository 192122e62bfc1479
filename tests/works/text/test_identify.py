"""Which work a text is of: found in what was done to it, silent on what is not there, unsure of quotations."""

import random

import numpy as np
import pyarrow as pa
import pytest

from marque.bench.identification.text_attacks import disguised, interleaved, scanned, shuffled, thinned, traditional
from marque.training.prose import novel
from marque.works.media import Found
from marque.works.model import MATCH, UNSURE
from marque.works.text.fingerprint import of_text
from marque.works.text.identify import identify
from marque.works.text.model import TABLE, Extracted
from marque.works.text.reference import Reference, build

LENGTH = 30_000
NAMES = ("en", "zh", "ko")
WORKS = [novel(name, 1, f"work {turn}", LENGTH) for name in NAMES for turn in range(2)]
STRANGERS = [novel(name, 1, "a stranger", LENGTH) for name in NAMES]


def table(text: str) -> pa.Table:
    return of_text(Extracted(text))


@pytest.fixture(scope="module")
def catalogue() -> Reference:
    return build([table(work) for work in WORKS])


def ask(text: str, catalogue: Reference) -> list[Found]:
    return identify(table(text), catalogue)


@pytest.mark.parametrize("unit", range(len(WORKS)))
def test_a_page_is_matched_and_placed(unit: int, catalogue: Reference) -> None:
    [found] = ask("Welcome to books.example. " + WORKS[unit][10_000:12_000], catalogue)
    [span] = found.spans
    assert (found.unit, found.answer, found.mirrored, span.distance) == (unit, MATCH, False, 0)
    assert abs(span.start - 10_000) < 60
    assert abs(span.end - 12_000) < 60
    assert abs(span.query_start - span.start + 10_000 - 26) < 2
    assert 1 <= found.seen < found.of


@pytest.mark.parametrize("unit", range(len(WORKS)))
def test_a_scanned_excerpt_is_named(unit: int, catalogue: Reference) -> None:
    name = NAMES[unit // 2]
    excerpt = scanned(10)(WORKS[unit][20_000:20_500], random.Random(unit), name).decode()
    [found] = ask(excerpt, catalogue)
    assert found.unit == unit
    assert 3 <= max(span.distance for span in found.spans) <= 30


@pytest.mark.parametrize("stranger", range(len(STRANGERS)))
def test_a_stranger_is_nobody(stranger: int, catalogue: Reference) -> None:
    assert ask(STRANGERS[stranger], catalogue) == []


@pytest.mark.parametrize("change", [disguised, interleaved, thinned, shuffled], ids=lambda change: change.__name__)
def test_a_chapter_survives(change: object, catalogue: Reference) -> None:
    assert callable(change)
    changed = change(WORKS[1][5_000:13_000], random.Random(1), "en").decode()
    [found] = ask(changed, catalogue)
    assert (found.unit, found.answer) == (1, MATCH)
    queries = [(span.query_start, span.start) for span in found.spans]
    assert queries == sorted(queries)
    assert [start for _, start in queries] == sorted(start for _, start in queries)


def test_either_script_of_chinese_finds_the_other(catalogue: Reference) -> None:
    other = traditional("s2t")(WORKS[2][8_000:10_000], random.Random(1), "zh").decode()
    [found] = ask(other, catalogue)
    assert (found.unit, found.answer) == (2, MATCH)
    [back] = identify(table(WORKS[2][8_000:10_000]), build([table(other)]))
    assert back.answer == MATCH


@pytest.mark.parametrize(
    ("length", "answers"),
    [(90, {None, UNSURE}), (500, {UNSURE}), (900, {UNSURE}), (1_500, {UNSURE}), (4_000, {UNSURE})],
)
def test_a_quotation_is_no_copy(length: int, answers: set[str | None], catalogue: Reference) -> None:
    text = STRANGERS[0][:3_000] + WORKS[0][15_000 : 15_000 + length] + STRANGERS[0][3_000:6_000]
    found = ask(text, catalogue)
    assert {each.unit for each in found} <= {0}
    named: set[str | None] = {each.answer for each in found}
    assert (named or {None}) <= answers


def test_many_quotations_in_one_text_are_still_less_than_a_page(catalogue: Reference) -> None:
    quoted = "".join(STRANGERS[0][at : at + 2_000] + WORKS[0][3 * at : 3 * at + 150] for at in range(0, 8_000, 2_000))
    assert MATCH not in {each.answer for each in ask(quoted, catalogue)}


def test_a_quotation_shows_no_chance_beside_it(catalogue: Reference) -> None:
    [found] = ask(STRANGERS[0] + WORKS[0][15_000:16_000] + STRANGERS[0][:9_000], catalogue)
    assert found.answer == UNSURE
    assert all(14_700 <= span.start <= span.end <= 16_300 for span in found.spans)


def test_a_chapter_among_its_readers_comments_is_a_match(catalogue: Reference) -> None:
    comments = STRANGERS[0] + STRANGERS[0][::-1]
    [found] = ask(WORKS[0][9_000:17_000] + comments, catalogue)
    assert (found.unit, found.answer) == (0, MATCH)


def test_a_short_unit_in_a_long_text_is_a_match() -> None:
    poem = WORKS[0][100:700]
    [found] = identify(table(STRANGERS[0] + poem + STRANGERS[0]), build([table(poem), table(WORKS[1])]))
    assert (found.unit, found.answer) == (0, MATCH)


def test_padding_with_no_letters_thins_out_nothing(catalogue: Reference) -> None:
    [found] = ask("*" * 40_000 + WORKS[0][9_000:11_000] + "- " * 40_000, catalogue)
    assert (found.unit, found.answer) == (0, MATCH)


@pytest.mark.parametrize("query", ["licence", "another book", "another chapter"])
@pytest.mark.parametrize("at_the_end", [False, True], ids=["in front", "at the end"])
def test_a_licence_that_one_catalogued_book_has_is_not_the_book(query: str, at_the_end: bool) -> None:
    licence = STRANGERS[0][:3_000]
    body = {"licence": "", "another book": WORKS[1], "another chapter": WORKS[1][2_000:4_000]}[query]
    book, asked = (text + licence if at_the_end else licence + text for text in (WORKS[0], body))
    found = ask(asked, build([table(book)]))
    assert {each.answer for each in found} == {UNSURE}


def test_a_phrase_that_comes_again_and_again_hides_nothing() -> None:
    again = "and nobody said a word about it that night"
    book = again.join(WORKS[0][at : at + 300] for at in range(0, LENGTH, 300))
    [found] = identify(table(book[10_000:14_000]), build([table(book)]))
    [span] = found.spans
    assert (span.end - span.start > 3_900, span.distance) == (True, 0)


def test_half_of_a_short_unit_is_a_match() -> None:
    poem = WORKS[0][100:700]
    [found] = identify(table(poem[:450]), build([table(poem), table(WORKS[1])]))
    assert (found.unit, found.answer) == (0, MATCH)


def test_what_two_works_share_names_neither() -> None:
    licence = STRANGERS[0][:3_000]
    catalogue = build([table(licence + WORKS[0]), table(licence + WORKS[1])])
    assert ask(licence, catalogue) == []
    assert [each.unit for each in ask(licence + WORKS[1][:3_000], catalogue)] == [1]


@pytest.mark.parametrize("at", range(0, 27_000, 3_000))
def test_turns_of_phrase_name_nobody_though_one_book_alone_is_catalogued(at: int) -> None:
    book = novel("en", 5, "work 0", 60_000)
    assert identify(table(novel("en", 5, "work 5", LENGTH)[at : at + 3_000]), build([table(book)])) == []


def test_editions_of_a_work_do_not_silence_each_other() -> None:
    edition = scanned(2)(WORKS[0], random.Random(1), "en").decode()
    catalogue = build([table(WORKS[0]), table(edition), table(WORKS[0][:8_000]), table(WORKS[1])])
    assert {each.unit for each in ask(WORKS[0][2_000:8_000], catalogue) if each.answer == MATCH} == {0, 1, 2}


def test_nothing_asks_nothing_and_nobody_answers(catalogue: Reference) -> None:
    assert identify(TABLE.empty_table(), catalogue) == []
    assert identify(table(WORKS[0]), build([])) == []
    assert identify(table(WORKS[0]), build([TABLE.empty_table()])) == []


def test_a_strangers_table_is_only_numbers(catalogue: Reference) -> None:
    """Places out of order, ends before starts, scripts that do not exist: whatever a partner's file holds."""
    dice = np.random.default_rng(1)
    columns = [dice.integers(0, 2**32, 5_000, dtype=np.uint32) for _ in range(3)]
    columns[0][:2_000] = table(WORKS[0])["hash"].to_numpy()[:2_000]
    odd = pa.Table.from_arrays(
        [*map(pa.array, columns), pa.array(dice.integers(0, 256, 5_000, dtype=np.uint8))], schema=TABLE
    )
    assert isinstance(identify(odd, catalogue), list)
    assert isinstance(identify(table(WORKS[0]), build([odd, odd])), list)


def test_the_same_again(catalogue: Reference) -> None:
    query = table(WORKS[3][:5_000])
    assert identify(query, catalogue) == identify(query, catalogue)
