"""Hosts and sites of addresses, and whose published delivery network an address is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.evidence.cdn import network_of
from marque.evidence.sites import bare, file_address, host_of, origin, platforms, site_of


@pytest.mark.parametrize(
    ("uri", "host", "site"),
    [
        pytest.param("https://www.reader.example/1", "www.reader.example", "reader.example", id="domain"),
        pytest.param("https://a.b.reader.co.uk/", "a.b.reader.co.uk", "reader.co.uk", id="two-level-suffix"),
        pytest.param("https://fans.github.io/x", "fans.github.io", "fans.github.io", id="private-suffix"),
        pytest.param("https://BLOG.Reader.EXAMPLE.:443/", "blog.reader.example", "reader.example", id="case-dot-port"),
        pytest.param("https://만화.example/", "xn--lz2bu53c.example", "xn--lz2bu53c.example", id="a-label"),
        pytest.param("https://a。example/", "a.example", "a.example", id="ideographic-dot"),
        pytest.param("https://user:pw@a.example/", "a.example", "a.example", id="user"),
        pytest.param("https:\\\\a.example\\b", "a.example", "a.example", id="backslashes"),
        pytest.param("ht\ntps://a.ex\tample/", "a.example", "a.example", id="line-feeds"),
        pytest.param("https://192.0.2.7:8080/", "192.0.2.7", "192.0.2.7", id="ipv4"),
        pytest.param("https://0xC0.0.0x0207/", "192.0.2.7", "192.0.2.7", id="ipv4-odd"),
        pytest.param("https://3221225991/", "192.0.2.7", "192.0.2.7", id="ipv4-number"),
        pytest.param("https://[2001:DB8:0::7]:443/", "[2001:db8::7]", "[2001:db8::7]", id="ipv6"),
        pytest.param(
            "http://x.abcdefghij234567.onion/", "x.abcdefghij234567.onion", "abcdefghij234567.onion", id="onion"
        ),
        pytest.param("https://blog.naver.com/Fan/123", "blog.naver.com", "blog.naver.com/fan", id="account-by-path"),
        pytest.param("https://blog.naver.com/", "blog.naver.com", None, id="platform-itself"),
        pytest.param("https://fan.tistory.com/1", "fan.tistory.com", "fan.tistory.com", id="account-by-host"),
        pytest.param("https://www.tistory.com/", "www.tistory.com", None, id="platform-s-front-door"),
        pytest.param("https://t.me/s/Channel", "t.me", "t.me/s/channel", id="two-parts"),
        pytest.param(
            "https://sites.google.com/view/fan/home", "sites.google.com", "sites.google.com/view/fan", id="site-builder"
        ),
        pytest.param("https://youtube.com/channel/UCx/about", "youtube.com", "youtube.com/channel/UCx", id="case-kept"),
        pytest.param("https://www.youtube.com/watch?v=1", "www.youtube.com", None, id="platform-s-own-path"),
        pytest.param("https://api.twitter.com/x", "api.twitter.com", None, id="platform-s-service-host"),
        pytest.param("https://comic.naver.com/1", "comic.naver.com", "naver.com", id="not-the-platform"),
        pytest.param("file:///0123/index.html#x", None, "file:0123/index.html", id="file"),
        pytest.param("urn:pageinfo:https://a.example/", None, None, id="urn"),
        pytest.param("data:text/html,x", None, None, id="data"),
        pytest.param("dns:a.example", None, None, id="dns"),
        pytest.param("javascript:alert(1)", None, None, id="javascript"),
        pytest.param("https://", None, None, id="no-host"),
        pytest.param("https://a..example/", None, None, id="empty-label"),
        pytest.param("https://[zz]/", None, None, id="no-ipv6"),
        pytest.param("https://300.1.1.1/", None, None, id="no-ipv4"),
        pytest.param("https://a b.example/", None, None, id="space"),
        pytest.param("", None, None, id="empty"),
    ],
)
def test_hosts_and_sites(uri: str, host: str | None, site: str | None) -> None:
    assert (host_of(uri), site_of(uri)) == (host, site)


@given(st.text(max_size=80))
def test_no_text_makes_them_fail(text: str) -> None:
    for uri in (text, f"https://{text}", f"https://a.example/{text}", f"file:{text}"):
        host_of(uri)
        site_of(uri)
        origin(bare(uri))


def test_a_file_is_a_site_of_its_own() -> None:
    one, two = file_address("a" * 64, "Übersicht 1.html"), file_address("b" * 64, "Übersicht 1.html")
    assert site_of(one) != site_of(two)
    assert one == "file:///aaaaaaaaaaaaaaaa/%C3%9Cbersicht%201.html"


def test_platform_rows_are_sound() -> None:
    for host, rows in platforms().items():
        assert host == host.lower()
        assert all(row.parts >= (0 if host.startswith("*.") else 1) for row in rows), host


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        pytest.param("104.16.0.1", "cloudflare", id="v4"),
        pytest.param("2606:4700::6810:1", "cloudflare", id="v6"),
        pytest.param("[2606:4700::6810:1]", "cloudflare", id="brackets"),
        pytest.param("::ffff:104.16.0.1", "cloudflare", id="mapped"),
        pytest.param("151.101.1.1", "fastly", id="fastly"),
        pytest.param("192.0.2.1", None, id="documentation"),
        pytest.param("nonsense", None, id="no-address"),
    ],
)
def test_delivery_networks(ip: str, network: str | None) -> None:
    assert network_of(ip) == network
