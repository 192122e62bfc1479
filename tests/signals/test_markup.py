"""Elements as the one pass reads them, held against an HTML parser; and every value at its own bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from marque.signals.document import Document, document
from marque.signals.markup import CARRIERS, PICTURES, links
from marque.signals.scan import scanner

TAGS = tuple(name for name in (*CARRIERS, *PICTURES) if name not in ("script", "iframe"))
SCANNER = scanner(())


def read(text: bytes) -> Document:
    return document(text, SCANNER.sweep(text).markup)


def seen(text: bytes) -> list[tuple[str, dict[str, str]]]:
    page = read(text)
    everything = [element for found in page.elements.values() for element in found]
    everything += page.pictures(linked=False)
    ordered = sorted(everything, key=lambda element: element.start)
    return [(each.tag, {name.decode(): each.get(name.decode()) for name in each.attributes}) for each in ordered]


def parsed(text: bytes) -> list[tuple[str, dict[str, str]]]:
    tree = LexborHTMLParser(text)
    nodes = tree.css(",".join((*CARRIERS, *PICTURES)))
    return [(str(node.tag), {name: value or "" for name, value in node.attributes.items()}) for node in nodes]


NAMES = st.sampled_from(("src", "href", "content", "name", "class", "id", "data-src", "alt", "rel"))
# No digits: of references to control characters the two make different things.
VALUES = st.text(st.sampled_from("abz/:.?=&;#-_ '<>é한"), max_size=12)


@st.composite
def attributes(draw: st.DrawFn) -> str:
    written = []
    for name in draw(st.lists(NAMES, max_size=4)):
        value = draw(VALUES)
        quote = draw(st.sampled_from(('"', "'", "", "none")))
        space = draw(st.sampled_from(("", " ", "\n")))
        bare = "".join(sign for sign in value if sign not in "\"'<>= \n`") or "x"
        whole = {
            '"': f'{name}{space}={space}"{value}"',
            "'": f"{name}={space}'{value.replace(chr(39), '')}'",
            "": f"{name}={bare}",
            "none": name,
        }
        written.append(whole[quote])
    return " ".join(written)


@st.composite
def pages(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 8))):
        kind, inside = draw(st.integers(0, 6)), draw(attributes())
        tag = draw(st.sampled_from(TAGS))
        pieces.append(
            (
                f"<{tag} {inside}>",
                f"<{tag.upper()} {inside} >",
                f"<!-- <{tag} {inside}> -->",
                f"<script {inside}>var a='<{tag} {inside}>'</script>",
                f"<style><{tag} src=x></style>",
                f"<textarea><{tag} src=x></textarea>",
                f"words <b>{tag}</b> <div {inside}>text</div>",
            )[kind]
        )
    return "<!doctype html><body>" + "".join(pieces)


@settings(max_examples=400)
@given(pages())
def test_elements_are_those_of_a_parser(page: str) -> None:
    text = page.encode()
    assert seen(text) == parsed(text)


@settings(max_examples=400)
@given(pages())
def test_one_attribute_alone_is_what_it_is_among_all(page: str) -> None:
    for asked, whole in zip(
        read(page.encode()).pictures(linked=False), read(page.encode()).pictures(linked=False), strict=True
    ):
        assert asked.raw("src") == whole.attributes.get(b"src", b"")


@given(pages())
def test_every_value_stands_where_its_span_says(page: str) -> None:
    text = page.encode()
    document = read(text)
    for element in [each for found in document.elements.values() for each in found]:
        for name, raw in element.attributes.items():
            start, end = element.span(name.decode())
            assert text[start:end] == (raw or text[start:end])
            assert element.start < start <= end <= element.end


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(b'<img alt="src=no" src="yes">', ["yes"], id="a name inside another value"),
        pytest.param(b"<img alt=\"it's src='no'\" src=yes>", ["yes"], id="quotes inside quotes"),
        pytest.param(b'<img src="a&amp;b=1&copy=2">', ["a&b=1&copy=2"], id="references as in attributes"),
        pytest.param(b"<img src=one src=two>", ["one"], id="the first of a name counts"),
        pytest.param(b"<meta content='<img src=no>'><img src=yes>", ["yes"], id="markup inside a value"),
        pytest.param(b"<meta content='<script>'><img src=yes>", ["yes"], id="a script inside a value"),
        pytest.param(b"<!-- <img src=no>", [], id="a comment that never ends"),
        pytest.param(b'<img src="no', [], id="a tag that never ends"),
        pytest.param(b"<IMG SRC=yes>", ["yes"], id="capitals"),
        pytest.param(b"<img/src=yes>", ["yes"], id="a slash for a space"),
        pytest.param(b"<imgs src=no>", [], id="another element"),
    ],
)
def test_sources(text: bytes, values: list[str]) -> None:
    assert [picture.get("src") for picture in read(text).pictures(linked=False)] == values


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param(b"<a href=//x.test/><img src=1>", "//x.test/", id="plain"),
        pytest.param(b"<a href=//x.test/><div><span>ad</span><picture><source><img src=1>", "//x.test/", id="wrapped"),
        pytest.param(b"<a href=//x.test/><h3>t</h3><!-- c --><p><img src=1>", "//x.test/", id="beside other things"),
        pytest.param(b"<a href=//x.test/></a><img src=1>", None, id="closed before"),
        pytest.param(b"<a href=//x.test/><article><img src=1>", None, id="inside an article"),
        pytest.param(b"<a href=//own.test/1><img src=1>", None, id="a link that stays"),
        pytest.param(b"<a data-x=//own.test/ href=//x.test/><img src=1>", "//x.test/", id="own address beside"),
        pytest.param(
            b"<a href=/out?to=http%3A%2F%2Fx.test><img src=1>", "/out?to=http%3A%2F%2Fx.test", id="a redirect"
        ),
    ],
)
def test_links_around_pictures(text: bytes, target: str | None) -> None:
    page = read(text)
    found = [page.link_around(picture, b"//own.test/") for picture in page.pictures(linked=True)]
    assert [link.get("href") for link in found if link] == ([target] if target else [])


def test_links_outside_of_comments_and_scripts() -> None:
    text = b"<a href=1><!-- <a href=no> --><script>'<a href=no>'</script><A HREF=2><abbr href=no>"
    assert [link.get("href") for link in links(text)] == ["1", "2"]
