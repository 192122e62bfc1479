"""Kinds of service by what pages of common reader software look like, and pages that only resemble them."""

import pytest

from tests.signals.captured import values

MADARA = (
    '<div class="page-break no-gaps"><img id="image-{n}" data-src="\n\t\thttps://cdn.example/m/one/ch-1/{n:02d}.jpg" '
    'class="wp-manga-chapter-img"></div>'
)
APART = '<div class="page-break "><img src="https://cdn.example/up/data/{n:032x}/{n}.jpg"></div>'
SCANS = '<p><img class="img-responsive scan-page" data-src="https://cdn.example/one/chapters/1/{n:02d}.png"></p>'
PLAIN = '<img src="https://cdn.example/tab/{n}-t.jpg">'
TALL = '<img src="https://cdn.example/x/{n:016x}.webp" width=720 height=4000>'
PERSON = '<img src="/people/{name}.jpg">'
LISTED = '"https:\\/\\/cdn.example\\/a\\/{n:03d}.jpg"'


def pictures(form: str, count: int = 6) -> str:
    return "".join(form.format(n=number * 7919 + 1) for number in range(count))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f'<div class="reading-content">{pictures(MADARA)}</div>', id="madara"),
        pytest.param(f"<div>{pictures(APART)}</div>", id="every slice in a folder of its own"),
        pytest.param(f'<div class="viewer-cnt"><div id="all">{pictures(SCANS)}</div></div>', id="scan pages"),
        pytest.param(f'<div class="container-chapter-reader">{pictures(PLAIN)}</div>', id="chapter reader"),
        pytest.param(f'<div id="toon_img">{pictures(TALL)}</div><a>다음화</a>', id="board software"),
        pytest.param(
            '<div id="readerarea"></div><script>ts_reader.run({"sources":[{"images":['
            + ",".join(LISTED.format(n=number) for number in range(5))
            + "]}]})</script>",
            id="addresses in a script",
        ),
    ],
)
def test_readers_of_strips(page: str) -> None:
    assert "strip-reader" in values(f"<html><body>{page}</body></html>", "service-kind")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(pictures(PLAIN), id="numbered pictures alone"),
        pytest.param('<div class="page-break"></div>' * 6, id="print styles alone"),
        pytest.param(
            '<div class="page-break"></div>' + "".join(PERSON.format(name=n) for n in ("ana", "bo", "cy", "dee")),
            id="people have names",
        ),
        pytest.param(f"<p>Next chapter</p>{pictures(PLAIN, 2)}", id="too few pictures"),
    ],
)
def test_no_readers_of_strips(page: str) -> None:
    assert values(f"<html><body>{page}</body></html>", "service-kind") == []
