"""Reading order: elements first, lazy ones included, then scripts, then the record's order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works.reading import ordered

BASE = "https://toon.example/ep/12/"
A, B, C = (f"https://img.example/12/{name}.jpg" for name in "abc")
ALL = [C, A, B]  # the order of the records


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f'<img src="{A}"><img src="{B}"><img src="{C}">', id="src"),
        pytest.param(f'<img src="x.gif" data-src="{A}"><img data-src="{B}"><img data-src="{C}">', id="lazy"),
        pytest.param(
            f'<img src="data:image/gif;base64,R0" data-original="{A}"><img data-lazy-src="{B}"><img src="{C}">',
            id="mixed",
        ),
        pytest.param(f'<img srcset="{A} 1x, {A}?w=2 2x"><img data-srcset="{B} 720w"><img src="{C}">', id="srcset"),
        pytest.param(
            f'<noscript><img src="{A}"></noscript><noscript><img src="{B}"></noscript><img src="{C}">', id="noscript"
        ),
        pytest.param(
            f'<picture><source srcset="{A}"><img src=z></picture><img src="{B}"><img src="{C}">', id="picture"
        ),
        pytest.param(
            '<base href="https://img.example/12/"><img src="a.jpg"><img src="./b.jpg"><img src="/12/c.jpg">', id="base"
        ),
        pytest.param(
            '<img src="//img.example/12/a.jpg"><img src="//img.example/12/b.jpg"><img src="//img.example/12/c.jpg">',
            id="no scheme",
        ),
        pytest.param(f'<img src="{A}?v=1&amp;t=2"><img src="{B}#x"><img src=" {C} ">', id="query, fragment, spaces"),
        pytest.param(
            '<img src="page_files/a.jpg"><img src="page_files/b.jpg"><img src="page_files/c.jpg">', id="saved page"
        ),
        pytest.param(f'<a href="{A}">1</a><a href="{B}">2</a><a href="{C}">3</a>', id="linked"),
        pytest.param(f'<script>var p=["{A}","{B}","{C}"]</script>', id="script"),
        pytest.param(
            '<script>p=["https:\\/\\/img.example\\/12\\/a.jpg","\\/12\\/b.jpg","\\/12\\/c.jpg"]</script>', id="escaped"
        ),
        pytest.param(f'<img src="{A}"><img src="{B}"><script>x="{C}"</script>', id="elements, then scripts"),
    ],
)
def test_finds_the_order_of_the_page(html: str) -> None:
    assert [ALL[at] for at in ordered(html.encode(), BASE, ALL)] == [A, B, C]


@pytest.mark.parametrize("html", [b"", b"<p>nothing", b"\xff\xfe\0", b"<img src='http://[bad'>"])
def test_falls_back_to_the_order_of_the_records(html: bytes) -> None:
    assert ordered(html, BASE, ALL) == [0, 1, 2]


def test_one_name_in_many_folders_is_no_name() -> None:
    html = b'<img src="/9/1.jpg"><img src="/8/1.jpg"><img src="/7/2.jpg">'
    uris = ["file:///x/2.jpg", "file:///x/1.jpg"]
    assert ordered(html, BASE, uris) == [0, 1]


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.lists(st.text(max_size=30), max_size=6))
def test_any_page_gives_each_picture_once(html: bytes, uris: list[str]) -> None:
    assert sorted(ordered(html, BASE, uris)) == list(range(len(uris)))
