"""Texts that pages show: fingerprinted once, where they stand, and what could not be read is named."""

from marque.errors import InputRefused
from marque.works.captured import Collector, problems_of, queries, schema
from marque.works.mediums import MEDIUMS, Medium
from tests.works.exchanges import document, exchange

STORY = " ".join(
    f"sentence {number} tells of harbour {number * 7 % 101} and lamp {number * 13 % 89}." for number in range(300)
)


def collected(*exchanges: object) -> tuple[Medium, Collector]:
    medium = MEDIUMS["text"]()
    made = Collector([medium])
    for each in exchanges:
        made.take(each)  # type: ignore[arg-type]
    return medium, made


def test_each_document_is_a_query_where_it_stands() -> None:
    medium, made = collected(
        document(1, f"<p>{STORY}</p>"), document(2, f"<p>{STORY}</p>"), document(3, "<p>short</p>")
    )
    ((_, table),) = made.tables()
    assert table.schema.equals(schema(medium), check_metadata=True)
    found = list(queries(table, medium))
    assert [where["page"] for where, _ in found] == ["cap:1", "cap:2"]
    assert found[0][1].equals(found[1][1]) and found[0][1].num_rows > 12
    assert found[0][1].schema.equals(medium.table)


def test_only_content_of_known_pages_counts() -> None:
    pages = [document(1, STORY, verdict="challenge"), exchange(2, "https://x.example/b.txt", STORY.encode(), page=None)]
    _, made = collected(*pages)
    ((_, table),) = made.tables()
    assert table.num_rows == 0


def test_what_cannot_be_read_is_named() -> None:
    book = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip" + bytes(40)
    medium, made = collected(exchange(4, "https://x.example/b.epub", book, page=1, media_type="application/epub+zip"))
    ((_, table),) = made.tables()
    named = problems_of([table])
    assert list(named) == ["cap:4"] and named["cap:4"].startswith("works.")
    assert list(queries(table, medium)) == []
    try:
        medium.of_bytes(book, "x")
    except InputRefused as refused:
        assert refused.code == named["cap:4"]
