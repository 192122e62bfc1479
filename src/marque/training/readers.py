"""The pages of a strip reader: front page, chapter, notices with the next address, donations."""

import html
from dataclasses import dataclass

from marque.training.bystanders import comments, donors
from marque.training.crawl import Crawl
from marque.training.library import Work
from marque.training.markup import page, planted, snippets, template, texts
from marque.training.model import Planted, Serving, Site
from marque.training.strips.delivery import Slice


@dataclass(frozen=True, slots=True)
class Banner:
    """A gambling banner: whose it is, the code the site earns by, and its picture."""

    landing: str
    code: str
    picture: bytes

    @property
    def target(self) -> str:
        """Where it leads."""
        return f"https://{self.landing}/join?code={self.code}"


def shelf(site: Site, works: list[Work]) -> str:
    """The list of works as each kind of theme prints it."""
    language, chapter = site.languages[0], texts(site.languages[0])["chapter"]
    rows = []
    for work in works:
        title, link = html.escape(work.title(language)), f"/{work.slug}/"
        values = {"title": title, "link": link, "chapter": f"1 {chapter}", "last": f"{link}2/"}
        rows.append(template(f"card-{site.layout}").substitute(values))
    return "".join(rows)


def banner_block(banners: list[Banner]) -> str:
    """Banners as they are sold directly: a picture, a link, a joining code."""
    return "\n".join(
        f'<a class="bnr" href="{banner.target}" target="_blank" rel="nofollow sponsored">'
        f'<img src="/banners/{banner.landing.partition(".")[0]}.png" width="468" height="60" alt="{banner.code}"></a>'
        for banner in banners
    )


def claims_of(site: Site, banners: list[Banner]) -> list[Planted]:
    """What the banners say about the advertiser, not about the site."""
    rows = [(banner.landing, f"{banner.landing}:{banner.code.lower()}") for banner in banners]
    return [
        claim
        for landing, code in rows
        for claim in (
            Planted(site.host, "banner-advertiser", landing, "advertiser"),
            Planted(site.host, "referral-code", code, "advertiser"),
        )
    ]


def banner_files(crawl: Crawl, site: Site, document: str, banners: list[Banner]) -> None:
    """The pictures of the banners, served by the site itself."""
    for banner in banners:
        uri = f"https://{site.host}/banners/{banner.landing.partition('.')[0]}.png"
        crawl.asset(document, uri, banner.picture, "image/png")


def front(crawl: Crawl, site: Site, works: list[Work], banners: list[Banner]) -> None:
    """The front page: works, banners, the promise to tell the next address."""
    words = texts(site.languages[0])
    genres = " ".join(f'<a href="/genre/{at}/">{name}</a>' for at, name in enumerate(words["genres"], 1))
    parts = [
        banner_block(banners[:2]),
        f"<h1>{site.brand}: {words['free']}</h1>\n<p>{words['about']}</p>",
        announcement(site),
        f'<h2>{words["latest"]}</h2>\n<div class="listing">{shelf(site, works)}</div>\n<p class="genres">{genres}</p>',
        _ad_desk(site),
        _push(site),
    ]
    body = "\n".join(parts)
    document = crawl.document(
        site.home, page(site, site.home, words["free"], body, crawl.now, side=shelf(site, works[:2])), site.brand
    )
    crawl.planted([*planted(site, "head", "foot", "announce", "adsales"), *claims_of(site, banners[:2])])
    banner_files(crawl, site, document, banners[:2])


def announcement(site: Site) -> str:
    """Where readers are told the next address."""
    link = snippets(site, "announce")
    return f'<div class="notice-address"><p>{texts(site.languages[0])["announce"]}: {link}</p></div>' if link else ""


def _ad_desk(site: Site) -> str:
    link = snippets(site, "adsales")
    return f'<div class="ad-contact"><p>{texts(site.languages[0])["adsales"]}: {link}</p></div>' if link else ""


def _push(site: Site) -> str:
    if "onesignal" not in site.accounts:
        return ""
    return f'<script>Notification.requestPermission();</script><p class="push">{texts(site.languages[0])["push"]}</p>'


def chapter(crawl: Crawl, site: Site, work: Work, unit: str, slices: list[Slice], banners: list[Banner]) -> None:
    """A unit as a column of pictures, with comments below."""
    language, words = site.languages[0], texts(site.languages[0])
    uri = f"https://{site.host}/{work.slug}/{unit}/"
    hosted = f"https://{image_host(site)}/{work.slug}/{unit}"
    sources = [f"{hosted}/{piece.name}" for piece in slices]
    images = "\n".join(
        _image(site, at, source, piece) for at, (source, piece) in enumerate(zip(sources, slices, strict=True))
    )
    talk, passers = comments(site, crawl.dice.of("comments", uri))
    heading = f"{work.title(language)} {int(unit)} {words['chapter']}"
    parts = [
        f"<h1>{html.escape(heading)}</h1>",
        banner_block(banners),
        f'<div class="reading-content" id="readerarea">{images}</div>',
        f'<p class="nav"><a href="#">{words["prev"]}</a> <a href="#">{words["next"]}</a></p>',
        talk,
    ]
    body = "\n".join(parts)
    document = crawl.document(uri, page(site, uri, heading, body, crawl.now), heading)
    crawl.planted([*planted(site, "head", "foot"), *claims_of(site, banners), *passers])
    banner_files(crawl, site, document, banners[2:])
    for source, piece in zip(sources, slices, strict=True):
        crawl.asset(document, source, piece.data, piece.media_type, ip="203.0.113.200")
    strip = "en" if language == "ar" else language
    crawl.serving(Serving(uri, site.host, work.key, unit, work.lettering(strip), len(work.panels(unit)), "whole"))


def image_host(site: Site) -> str:
    """Where the strips are fetched from: an image host beside the site, or the site itself."""
    return {"solmaru": "img.solcdn.example", "yorukasa": "i.kasacdn.example"}.get(site.operator or "", site.host)


def _image(site: Site, at: int, source: str, piece: Slice) -> str:
    size = f'width="{piece.width}" height="{piece.height}"'
    if site.layout == "madara":
        return (
            f'<div class="page-break no-gaps"><img id="image-{at}" {size} data-src="\n\t\t\t{source}" '
            'class="wp-manga-chapter-img img-responsive lazyload effect-fade"></div>'
        )
    lazy = 'loading="lazy" class="ts-main-image"' if site.layout == "themesia" else 'class="cut"'
    return f'<img src="{source}" {size} {lazy} data-index="{at}">'


def notices(crawl: Crawl, site: Site) -> None:
    """Notices and ways to reach the site."""
    words, uri = texts(site.languages[0]), f"https://{site.host}/notice/"
    heading, contact = f"<h1>{words['notice']}</h1>", f"<h2>{words['contact']}</h2>"
    body = "\n".join([heading, announcement(site), contact, snippets(site, "contact"), _ad_desk(site)])
    crawl.document(uri, page(site, uri, words["notice"], body, crawl.now), words["notice"])
    crawl.planted(planted(site, "head", "foot", "announce", "contact", "adsales"))


def support(crawl: Crawl, site: Site) -> None:
    """Handles and purses, and a list of those who gave."""
    purse = snippets(site, "donate")
    if not purse:
        return
    words, uri = texts(site.languages[0]), f"https://{site.host}/support/"
    thanks, passers = donors(site, crawl.dice.of("donors", uri))
    body = f'<h1>{words["donate"]}</h1>\n<p>{words["about"]}</p>\n<div class="donate-box">{purse}</div>\n{thanks}'
    crawl.document(uri, page(site, uri, words["donate"], body, crawl.now), words["donate"])
    crawl.planted([*planted(site, "head", "foot", "donate"), *passers])
