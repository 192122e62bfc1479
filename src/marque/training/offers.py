"""Sites that are no strip readers: films, subscriptions, file lockers, torrents, link lists, shops and apps."""

from collections.abc import Callable, Sequence

from marque.training.crawl import Crawl
from marque.training.dice import HEX, Dice
from marque.training.library import works
from marque.training.markup import page, planted, template, texts
from marque.training.model import Site
from marque.training.readers import Banner, announcement, banner_block, banner_files, claims_of, notices, support

Rows = Callable[[Site, Dice, Sequence[str]], list[str]]
# Brands of goods are invented; a real shop of this kind would abuse real ones.
_BRANDS = ("Maison Veloura", "Tarkanel", "Oro di Lume", "Nordhaven")


def front(crawl: Crawl, site: Site, banners: list[Banner], others: Sequence[str]) -> None:
    """The front page of such a site, its notices and its purse."""
    words, dice = texts(site.languages[0]), crawl.dice.of("offer")
    rows = "\n".join(ROWS[site.kind](site, dice, others)) if site.kind in ROWS else ""
    values = {"rows": rows, "host": site.host, "package": _package(site), "code": dice.text(HEX, 12)}
    offer = template(f"offer-{site.kind}").substitute(values)
    body = f"{banner_block(banners)}\n<h1>{site.brand}</h1>\n<p>{words['about']}</p>\n{announcement(site)}\n{offer}"
    document = crawl.document(site.home, page(site, site.home, words["free"], body, crawl.now), site.brand)
    crawl.planted([*planted(site, "head", "foot", "announce", "adsales"), *claims_of(site, banners)])
    banner_files(crawl, site, document, banners)
    notices(crawl, site)
    support(crawl, site)
    if site.kind == "app":
        package = b"PK\x03\x04\x14\x00\x00\x00\x00\x00" + crawl.dice.of("package").data(2048)
        crawl.asset(document, f"{site.home}{_package(site)}", package, "application/vnd.android.package-archive")


def _package(site: Site) -> str:
    return f"{site.host.partition('.')[0]}-2.4.1.apk"


def _films(site: Site, dice: Dice, _others: Sequence[str]) -> list[str]:
    titles = [f"{work.title(site.languages[0])} ({dice.between(2019, 2026)}) 1080p WEB-DL" for work in works()[:6]]
    return [f'<div class="movie"><a href="/watch/{at}/">{title}</a></div>' for at, title in enumerate(titles, 1)]


def _files(_site: Site, dice: Dice, _others: Sequence[str]) -> list[str]:
    rows = [(f"{work.slug}-vol{at}.zip", dice.between(40, 380), dice.text(HEX, 10)) for at, work in enumerate(works())]
    return [
        f'<tr><td>{name}</td><td>{size} MB</td><td><a href="/f/{code}">Download</a></td></tr>'
        for name, size, code in rows
    ]


def _torrents(_site: Site, dice: Dice, _others: Sequence[str]) -> list[str]:
    return [
        f'<tr><td><a href="magnet:?xt=urn:btih:{dice.text(HEX, 40)}&amp;dn={work.slug}">{work.title("ko")}</a></td>'
        f"<td>{dice.between(100, 900)} MB</td><td>{dice.between(5, 400)}</td><td>{dice.below(50)}</td></tr>"
        for work in works()
    ]


def _links(_site: Site, _dice: Dice, others: Sequence[str]) -> list[str]:
    return [f'<li><a href="https://{host}/" target="_blank" rel="noopener">{host}</a></li>' for host in others]


def _goods(_site: Site, dice: Dice, _others: Sequence[str]) -> list[str]:
    return [
        '<div class="product" itemscope itemtype="https://schema.org/Product">'
        f'<span itemprop="name">{brand} replica handbag, 1:1 mirror quality</span> '
        f'<span itemprop="price">{dice.between(49, 190)}.00</span> USD <button>Add to cart</button></div>'
        for brand in _BRANDS
    ]


ROWS: dict[str, Rows] = {
    "streaming": _films,
    "cyberlocker": _files,
    "torrents": _torrents,
    "links": _links,
    "shop": _goods,
}
