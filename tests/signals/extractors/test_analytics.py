"""Analytics ids: what is one, what only looks like one."""

import pytest

from tests.signals.captured import sightings, values


@pytest.mark.parametrize(
    ("page", "kind", "value"),
    [
        pytest.param(
            "<script>ga('create','UA-7654321-2','auto')</script>", "google-analytics", "UA-7654321-2", id="ua"
        ),
        pytest.param('<script src="https://x/gtag/js?id=G-AB12CD34EF">', "google-analytics", "G-AB12CD34EF", id="g4"),
        pytest.param("<script>x('GTM-K7XQ2W9')</script>", "google-tag-manager", "GTM-K7XQ2W9", id="gtm"),
        pytest.param("<script>ym(48291736,'init')</script>", "yandex-metrica", "48291736", id="yandex"),
        pytest.param("//hm.baidu.com/hm.js?" + "0a1b" * 8, "analytics-id", "baidu:" + "0a1b" * 8, id="baidu"),
        pytest.param('wcs_add["wa"] = "s_3ab12f9";', "analytics-id", "naver:s_3ab12f9", id="naver"),
        pytest.param("kakaoPixel('6072189340512847')", "analytics-id", "kakao-pixel:6072189340512847", id="kakao"),
        pytest.param("fbq('init', '418273645510293');", "analytics-id", "meta-pixel:418273645510293", id="pixel"),
        pytest.param("['Histats.start','1,4817263,4,0']", "analytics-id", "histats:4817263", id="histats"),
        pytest.param("var sc_project=9182736;", "analytics-id", "statcounter:9182736", id="statcounter"),
        pytest.param('"clarity","script","k3x9v2m1qa"', "analytics-id", "clarity:k3x9v2m1qa", id="clarity"),
        pytest.param("{hjid:2938471,hjsv:6}", "analytics-id", "hotjar:2938471", id="hotjar"),
        pytest.param(
            """<script data-cf-beacon='{"token": "%s"}'>""" % ("9f8e7d6c" * 4),
            "analytics-id",
            "cloudflare-beacon:" + "9f8e7d6c" * 4,
            id="cloudflare",
        ),
        pytest.param(
            """var u="//stats.toon.example/"; _paq.push(['setSiteId', '14']);""",
            "matomo-site",
            "stats.toon.example:14",
            id="matomo",
        ),
    ],
)
def test_finds(page: str, kind: str, value: str) -> None:
    assert values(f"<html><body>{page}</body></html>", kind) == [value]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("UA-XXXXX-Y UA-12345678-1", id="documentation"),
        pytest.param("the G-SHOCKWATCH and 'G-ABCDEFGHIJ'", id="a word"),
        pytest.param("xUA-7654321-2", id="inside a longer word"),
        pytest.param("_paq.push(['setSiteId', '14']);", id="Matomo without its tracker"),
    ],
)
def test_leaves_alone(page: str) -> None:
    assert not [s for s in sightings(page) if s.family == "identity"]
