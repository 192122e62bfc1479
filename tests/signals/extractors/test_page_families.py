"""Payments, advertising, lists of sellers, banners, widgets, page family, services and risks by case."""

import pytest

from tests.signals.captured import SITE, sightings, values


@pytest.mark.parametrize(
    ("page", "kind", "value"),
    [
        pytest.param('<a href="https://paypal.me/ToonHub">', "donation-handle", "paypal:toonhub", id="paypal"),
        pytest.param('<a href="https://www.patreon.com/toonhub">', "donation-handle", "patreon:toonhub", id="patreon"),
        pytest.param('<a href="https://ko-fi.com/toonhub">', "donation-handle", "ko-fi:toonhub", id="ko-fi"),
        pytest.param('<a href="https://boosty.to/toonhub">', "donation-handle", "boosty:toonhub", id="boosty"),
        pytest.param('<a href="https://saweria.co/toonhub">', "donation-handle", "saweria:toonhub", id="saweria"),
        pytest.param('<a href="https://toss.me/toonhub">', "donation-handle", "toss:toonhub", id="toss"),
        pytest.param('"https://qr.kakaopay.com/Ej8xYz12a"', "donation-handle", "kakaopay:Ej8xYz12a", id="kakaopay"),
        pytest.param(
            "<p>PIX: <b>8c2f1a70-1b2c-4d3e-9f40-51627384a5b6</b></p>",
            "donation-handle",
            "pix:8c2f1a70-1b2c-4d3e-9f40-51627384a5b6",
            id="pix",
        ),
        pytest.param("<p>IBAN: LT60 1010 0123 4567 8901</p>", "iban", "LT601010012345678901", id="iban"),
        pytest.param('data-ad-client="ca-pub-4718293650417283"', "adsense-publisher", "pub-4718293650417283", id="ads"),
        pytest.param(
            """<ins class="eas6a97888e2" data-zoneid="4718293">""", "ad-zone", "exoclick:4718293", id="exoclick"
        ),
        pytest.param('["siteId",545-301+4*12+4718293],', "ad-zone", "popads:4718585", id="popads sum"),
        pytest.param("adsbyjuicy.push({'adzone':918273});", "ad-zone", "juicyads:918273", id="juicyads"),
        pytest.param("atOptions = {'key' : '%s'}" % ("1f2e" * 8), "ad-zone", "adsterra:" + "1f2e" * 8, id="adsterra"),
        pytest.param("<iframe data-aa='918273'>", "ad-zone", "a-ads:918273", id="a-ads"),
        pytest.param(
            '<meta content="abc123token" name="google-site-verification">',
            "site-verification",
            "google:abc123token",
            id="verification",
        ),
        pytest.param(
            '<div class="h-captcha" data-sitekey="1a2b3c4d-1111-4222-8333-5e6f7a8b9c0d">',
            "captcha-key",
            "hcaptcha:1a2b3c4d-1111-4222-8333-5e6f7a8b9c0d",
            id="hcaptcha",
        ),
        pytest.param('<meta name="generator" content="WordPress 6.8">', "generator", "wordpress 6.8", id="generator"),
        pytest.param(
            '<link rel="stylesheet" href="/wp-content/themes/madara-child/a.css">', "page-theme", "madara", id="madara"
        ),
        pytest.param("<script>ts_reader.run({})</script>", "page-theme", "mangathemesia", id="mangathemesia"),
        pytest.param("<p>© 2024-2026 Toon Hub. All rights reserved.</p>", "copyright-line", "toon hub", id="copyright"),
        pytest.param('<html lang="ko-KR">', "language-declared", "ko", id="declared"),
        pytest.param(
            "<p>" + "매일 새로운 이야기를 무료로 볼 수 있는 곳 " * 9, "language-detected", "ko", id="detected"
        ),
        pytest.param('<iframe src="https://streamtape.com/e/abc">', "player-host", "streamtape.com", id="player"),
        pytest.param('<a href="https://rapidgator.net/file/a">', "file-host", "rapidgator.net", id="file host"),
        pytest.param("<b>The.Film.2025.1080p.WEB-DL.x264-GRPX</b>", "release-group", "grpx", id="release group"),
        pytest.param("<script>new CoinHive.Anonymous('k')</script>", "risk", "miner:coinhive", id="miner"),
        pytest.param('<a href="/a/toon.apk">', "risk", "apk-download:toon.example/a/toon.apk", id="apk"),
        pytest.param("<p>Turn off your antivirus first</p>", "risk", "protection-off:advice", id="protection"),
        pytest.param("<p>광고문의 텔레그램 @toon_ads</p>", "ad-sales-contact", "telegram:toon_ads", id="ad sales ko"),
        pytest.param("Advertise here: ads@toon.example", "ad-sales-contact", "ads@toon.example", id="ad sales en"),
    ],
)
def test_finds(page: str, kind: str, value: str) -> None:
    assert value in values(page, kind)


@pytest.mark.parametrize(
    ("page", "service"),
    [
        pytest.param(
            "".join(f'<img src="https://i.example/w/{n:03}.jpg">' for n in range(8)) + "<a>이전화</a><a>다음화</a>",
            "strip-reader",
            id="strips",
        ),
        pytest.param(
            "<table><tr><th>seeders<th>leechers</tr>"
            + "".join(f'<a href="magnet:?xt=urn:btih:{n:040x}">' for n in range(4)),
            "torrent-index",
            id="torrents",
        ),
        pytest.param(
            "IPTV! IPTV! 12,000 channels, Xtream codes, m3u playlist, reseller panel", "iptv-seller", id="iptv"
        ),
        pytest.param(
            "<h1>Luxury replica watches</h1> AAA quality. Brands: Veloura, Tarkanel. Seller: Harbor Goods.",
            "counterfeit-shop",
            id="shop",
        ),
        pytest.param('<a href="/x.apk">앱 설치</a> 알 수 없는 출처를 허용', "app-page", id="app"),
    ],
)
def test_kind_of_service_by_enough_criteria(page: str, service: str) -> None:
    assert values(page, "service-kind") == [service]


def test_shops_name_brands_and_sellers() -> None:
    page = "<h1>Luxury replica watches</h1> AAA quality. Brands: Veloura, Tarkanel. Seller: Harbor Goods."
    assert values(page, "brand") == ["tarkanel", "veloura"]
    assert values(page, "seller-name") == ["harbor goods"]
    assert values("<p>Brands: Veloura.</p>", "brand") == []


def test_lists_of_sellers_keep_direct_apart() -> None:
    text = "google.com, pub-4718293650417283, DIRECT, f08c\nAdRelay.example, 77, direct\nx.example, 5, RESELLER\n"
    found = {(s.kind, s.value) for s in sightings(text, uri=SITE + "ads.txt", media="text/plain")}
    assert found == {
        ("ads-txt-direct", "google.com,pub-4718293650417283"),
        ("adsense-publisher", "pub-4718293650417283"),
        ("ads-txt-direct", "adrelay.example,77"),
        ("ads-txt-reseller", "x.example,5"),
    }
    assert sightings(text, "ads-txt-direct", uri=SITE + "ads.txt", media="text/html") == []


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p>우체국 새 주소는 세종로 1</p>", id="no channel"),
        pytest.param("<p>새 주소 텔레그램 채널 안내 <div class=comments>t.me/reader_x</div></p>", id="in a comment"),
        pytest.param("<p>Unsere neue Adresse: Marktplatz 1 <a href='https://x.com/stadt'></p>", id="an office moved"),
    ],
)
def test_what_is_no_announcement(page: str) -> None:
    assert values(page, "announcement-channel") == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("접속이 안 될 때는 새 주소를 채널에서 안내합니다", id="ko"),
        pytest.param("Si el sitio no abre, la nueva dirección se anuncia en nuestro canal", id="es"),
        pytest.param("サイトに繋がらない場合、新しいアドレスはチャンネルでお知らせします", id="ja"),
        pytest.param("the new address is announced in our channel", id="en"),
        pytest.param("o novo endereço é avisado no nosso canal", id="pt"),
        pytest.param("alamat baru diumumkan di channel kami", id="id"),
        pytest.param("العنوان الجديد يعلن في قناتنا", id="ar"),
    ],
)
def test_announcement_channel(words: str) -> None:
    page = f"<p>{words}: <a href='https://t.me/toon_news'>t.me/toon_news</a></p>"
    assert values(page, "announcement-channel") == ["telegram:toon_news"]


def test_favicon_hash_as_scanners_compute_it() -> None:
    icon = b"\x00\x00\x01\x00" + bytes(range(64))
    found = sightings(icon, uri=SITE + "favicon.ico", page_uri=SITE, media="image/x-icon")
    assert [(s.kind, s.start, s.end) for s in found if s.kind == "favicon-mmh3"] == [("favicon-mmh3", 0, 68)]
    foreign = sightings(icon, uri="https://cdn.example/favicon.ico", page_uri=SITE, media="image/x-icon")
    assert [s for s in foreign if s.kind == "favicon-mmh3"] == []


def test_servers() -> None:
    header = b"WARC-IP-Address: 203.0.113.7\r\n"
    found = sightings(
        "<p>", server_ip="203.0.113.7", record_header=header, headers=(("set-cookie", "toonsess=1; a=b"),)
    )
    by_kind = {s.kind: s for s in found}
    assert by_kind["ip-address"].value == "203.0.113.7"
    assert header[by_kind["ip-address"].start : by_kind["ip-address"].end] == b"203.0.113.7"
    assert by_kind["cookie-names"].value == "toonsess"
