"""Contacts: links, words, hidden text; and what is no contact."""

import pytest

from tests.signals.captured import SITE, sightings, values

VEILED = "5a" + "".join(f"{byte ^ 0x5A:02x}" for byte in b"boss@toon.example")


@pytest.mark.parametrize(
    ("page", "value"),
    [
        pytest.param('<a href="https://t.me/Toon_News">', "telegram:toon_news", id="telegram"),
        pytest.param('{"tg":"https:\\/\\/t.me\\/toon_news"}', "telegram:toon_news", id="telegram in JSON"),
        pytest.param('<a href="https://t.me/+AbCdEf12345_x">', "telegram:+AbCdEf12345_x", id="telegram invitation"),
        pytest.param("<p>텔레그램 @toonboss</p>", "telegram:toonboss", id="telegram in words"),
        pytest.param('<a href="https://discord.gg/AbC123x">', "discord:AbC123x", id="discord"),
        pytest.param('<a href="https://x.com/ToonHub">', "x:toonhub", id="x"),
        pytest.param('<a href="https://www.facebook.com/Toon.Hub/">', "facebook:toon.hub", id="facebook"),
        pytest.param('<a href="https://instagram.com/toon_hub/">', "instagram:toon_hub", id="instagram"),
        pytest.param('<a href="https://www.tiktok.com/@toonhub">', "tiktok:toonhub", id="tiktok"),
        pytest.param('<a href="https://vk.com/toonhub">', "vk:toonhub", id="vk"),
        pytest.param('<a href="https://open.kakao.com/o/sAbC12d">', "kakaotalk:sAbC12d", id="kakao"),
        pytest.param('<a href="https://line.me/ti/p/~toonhub">', "line:toonhub", id="line"),
        pytest.param('<a href="https://wa.me/821012345678">', "whatsapp:821012345678", id="whatsapp"),
        pytest.param('<a href="https://github.com/toonhub">', "github:toonhub", id="github"),
    ],
)
def test_finds_handles(page: str, value: str) -> None:
    assert values(page, "chat-handle") == [value]


@pytest.mark.parametrize(
    ("page", "value"),
    [
        pytest.param("<a href='mailto:Boss@Toon.example'>", "boss@toon.example", id="plain"),
        pytest.param(f'<a data-cfemail="{VEILED}">', "boss@toon.example", id="veiled"),
        pytest.param("<p>boss&#64;toon.example</p>", "boss@toon.example", id="one reference"),
        pytest.param("<p>&#98;&#111;&#x73;&#115;&#64;toon&#46;example</p>", "boss@toon.example", id="references"),
        pytest.param("<script>atob('Ym9zc0B0b29uLmV4YW1wbGU=')</script>", "boss@toon.example", id="base64"),
        pytest.param("<p>문의 boss@툰.example 입니다</p>", "boss@xn--z27b.example", id="IDNA"),
    ],
)
def test_finds_mail(page: str, value: str) -> None:
    assert values(page, "email") == [value]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param('<a href="https://t.me/share/url?url=x">', id="telegram share"),
        pytest.param('<a href="https://twitter.com/intent/tweet?text=x">', id="x intent"),
        pytest.param('<a href="https://www.facebook.com/sharer/sharer.php?u=x">', id="facebook sharer"),
        pytest.param('<img src="logo@2x.png">', id="file name"),
        pytest.param("<style>@media print{}</style>you@example.com", id="documentation"),
        pytest.param("<script>/* lib by J <j@lib.example> */</script>", id="licence comment"),
        pytest.param("https://netflix.com/toonhub", id="host that ends alike"),
        pytest.param('<a href="https://x.com/someone/status/1234">', id="one post"),
        pytest.param('<p>Theme by <a href="https://github.com/maker">', id="credit"),
        pytest.param('<div class="comments"><p>me@mail.example t.me/reader_x</p></div>', id="comment"),
    ],
)
def test_leaves_alone(page: str) -> None:
    assert [s for s in sightings(page) if s.role == "site" and s.kind in ("email", "chat-handle")] == []


def test_in_a_script_only_text_counts() -> None:
    script = b"/* by dev@lib.example, https://t.me/libdev */ var c={tg:'https://t.me/toon_news'};"
    found = sightings(script, uri=SITE + "app.js", page_uri=SITE, media="application/javascript")
    assert [s.value for s in found] == ["telegram:toon_news"]
