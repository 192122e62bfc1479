"""Show the bytes: the marked span is exactly the bytes that the sighting names; pictures are drawn again."""

import io

import pytest
from django.test import Client
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from marque.web.models import Record, Sighting
from tests.web import world


def address(seen: Sighting) -> str:
    return f"/records/{seen.record}?start={seen.start}&end={seen.end}&kind={seen.kind}"


def test_the_marked_text_is_the_value(client: Client) -> None:
    for seen in Sighting.objects.filter(role="site").exclude(kind="language-declared"):
        mark = LexborHTMLParser(client.get(address(seen)).content).css_first("mark")
        assert mark is not None
        assert mark.text() == seen.value.removeprefix("telegram:")


def test_the_marked_hex_is_the_value(client: Client) -> None:
    seen = Sighting.objects.filter(kind="crypto-address").first()
    assert seen
    page = LexborHTMLParser(client.get(address(seen) + "&form=hex").content)
    marked = "".join(node.text() for node in page.css(".hex td:not(.ascii) mark"))
    assert bytes.fromhex(marked).decode() == seen.value


def test_next_and_previous_lead_through_all_sightings(client: Client) -> None:
    likes = list(Sighting.objects.filter(site=world.OPERATOR[0], kind="google-analytics").order_by("id"))
    page = LexborHTMLParser(client.get(address(likes[0])).content)
    following = page.css_first("a[data-key=n]")
    assert following is not None
    assert page.css_first("a[data-key=p]") is None
    assert likes[1].record in str(following.attributes["href"])


@pytest.mark.parametrize(
    "query",
    ["start=9&end=3", "start=0&end=99999999", "start=x&end=y", "start=-1&end=2", "at=99999999", "part=nonsense",
     "form=nonsense", "form=picture", "start=1&end=2&kind='", "start=" + "9" * 40 + "&end=" + "9" * 41],
)  # fmt: skip
def test_odd_addresses_still_show_the_record(client: Client, query: str) -> None:
    record = Record.objects.filter(media_type="text/html").first()
    assert record
    assert client.get(f"/records/{record.record}?{query}").status_code == 200


def test_a_picture_is_drawn_again_and_can_do_nothing(client: Client) -> None:
    record = Record.objects.filter(media_type="image/png").first()
    assert record
    answer = client.get(f"/pictures/{record.record}?x=10&y=12&w=100&h=50&width=80")
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (80, 40)
    assert client.get(f"/pictures/{record.record}?x=9999&y=9999&w=9&h=9").status_code == 200


def test_what_is_no_picture_is_not_drawn(client: Client) -> None:
    record = Record.objects.filter(media_type="text/html").first()
    assert record
    assert client.get(f"/pictures/{record.record}").status_code == 404


def test_a_capture_that_is_gone_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from marque.web import evidence

    monkeypatch.setattr(evidence, "fetch", lambda record: None)
    record = Record.objects.first()
    assert record
    assert "not at hand" in client.get(f"/records/{record.record}?form=text").content.decode()


def test_damage_is_named(client: Client) -> None:
    record = next(record for record in Record.objects.all() if record.problems)
    assert client.get(f"/captures/{record.capture}").status_code == 200
    assert "digest" in client.get(f"/records/{record.record}?form=text").content.decode()


def test_thumbnails_only_where_the_holder_agreed(client: Client) -> None:
    query = {"unit": "moonlit-01", "language": "ko", "panel": "1"}
    assert client.get("/thumbnails", query | {"work": "moonlit"}).headers["Content-Type"] == "image/png"
    assert client.get("/thumbnails", query | {"work": "harbour", "unit": "harbour-01"}).status_code == 404
