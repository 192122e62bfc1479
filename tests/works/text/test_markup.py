"""What a reader sees of a page, whatever its markup does; in time that grows with its length."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.text.markup import SHORT, visible

STORY = "It was late and nobody came. " * 20
OTHER = "The lamp burned until the oil was gone. " * 20


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree", id="blocks and breaks"),
        pytest.param("inter<b>est</b>ed", "interested", id="words with markup inside"),
        pytest.param("a&amp;b &lt;c&gt; &#x4e2d;&#25991; &rsquo;", "a&b <c> 中文 ’", id="references"),
        pytest.param("&#" + "9" * 5_000 + ";x", "&#" + "9" * 5_000 + ";x", id="a number of thousands of digits"),
        pytest.param("a<script>var b = '<p>c</p>';</script>d<style>p{}</style>", "ad", id="scripts and styles"),
        pytest.param("<title>Site</title>x<!-- <p>no</p> -->y", "xy", id="title and comments"),
        pytest.param("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>", "漢字", id="readings"),
        pytest.param("<ruby>漢<rt>かん<rb>字<rt>じ</ruby>が", "漢字が", id="readings left open"),
        pytest.param("<nav><a href=/>Home</a></nav>Story<footer>Bye</footer>", "Story", id="menus"),
        pytest.param(f"<footer>{STORY}</footer>", STORY.strip(), id="a story in a footer"),
        pytest.param("<nav>Story without end", "Story without end", id="a menu left open"),
        pytest.param("sto<span style='color:red;display : none'>XX</span>len", "stolen", id="hidden words"),
        pytest.param("sto<i hidden>XX</i>len", "stolen", id="hidden by attribute"),
        pytest.param("a<span title='hidden'>b</span>c", "abc", id="hidden is only a value"),
        pytest.param(f"<div style=display:none>{STORY}</div>", STORY.strip(), id="a chapter that a script unhides"),
        pytest.param("<div hidden>x<div>y</div>z</div>w", "w", id="hidden within hidden"),
        pytest.param("1 < 2 and <3 >", "1 < 2 and <3 >", id="signs that are no tags"),
        pytest.param("<p class=it's>a</p><p title='b>c'>d", "a\nd", id="odd quotes"),
        pytest.param('<p title="never closed>text</p>more', "text\nmore", id="a quote never closed"),
        pytest.param("<script>never closed", "never closed", id="a script never closed"),
        pytest.param('<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>', "&a;", id="entities of its own"),
        pytest.param("<![CDATA[text]]>", "text]]>", id="character data"),
        pytest.param("<x:p>a</x:p><svg:svg>b</svg:svg>", "a", id="prefixes"),
        pytest.param("<td>a</td><td>b</td>", "a b", id="cells"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_seen(source: str, text: str) -> None:
    assert visible(source) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>{}</div>",
        "<div style='visibility: hidden'>{}</div>",
        "<article hidden>{}</article>",
        "<template>{}</template>",
        "<div hidden><div>{}</div><p>more</div>",
        "<p hidden>{}</p>",
        "<p hidden>{}",
    ],
)
def test_what_is_hidden_is_not_shown_however_long(hidden: str) -> None:
    assert visible(hidden.format(STORY) + f"<p>{OTHER}</p>") == OTHER.strip()


@pytest.mark.parametrize(
    "page",
    [
        "<p><span hidden>x</p><p>{}</p><p>{}</p><span></span>",
        "<div><span style=display:none>x</div><p>{}</p><p>{}<span></span></p>",
        "<p hidden>x<p>{}</p><p>{}</p>",
        "<p style='opacity:0'>{}</p><p>{}</p>",
        "<div><p hidden>x</div>{}<p>{}</p>",
        "<body style='display:none'><p>{}</p><p>{}</p></body>",
        "<template hidden><template>{}</template></template>{}",
    ],
)
def test_nothing_is_hidden_by_more_than_it_holds(page: str) -> None:
    seen = visible(page.format(STORY, OTHER))
    assert OTHER.strip() in seen
    assert STORY.strip() in seen or "template" in page


def test_short_is_what_a_menu_has() -> None:
    assert visible(f"<aside>{'x' * (SHORT - 1)}</aside>") == ""
    assert visible(f"<aside>{'x' * SHORT}</aside>") == "x" * SHORT


MANY = 20_000


PARTS = ("<", "<div>", "<!--", "<![[", "<script>", "<ruby><rt>", "&#1", '<a"', "<nav>", "</nav>", "<![CDATA[")


@pytest.mark.parametrize("part", [*PARTS, "<!x [>", "<a b='", '<a "', " \n", "<span hidden>", "<nav><aside><footer>"])
def test_time_grows_with_length(part: str) -> None:
    """Four times as much takes about four times as long; ten times leaves room for a busy machine."""

    def spent(count: int) -> float:
        begun = time.process_time()
        visible(part * count + "</span>" * 50 + "</nav>" * 50)
        return time.process_time() - begun

    assert spent(MANY) < 10 * spent(MANY // 4) + 0.5


@given(st.text(alphabet="<>/!-[]&#;\"'= abrtnvidesp", max_size=300))
def test_nothing_is_raised(source: str) -> None:
    assert isinstance(visible(source), str)
