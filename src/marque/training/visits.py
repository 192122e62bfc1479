"""Every visit to every site, and the strips that have to be drawn for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from marque.training import lawful, novels, offers, readers, story
from marque.training.cast import AGENCY_MAIL, CLOSED, DAY, HERO, Cast
from marque.training.crawl import Crawl, address, ads_txt
from marque.training.dice import Dice
from marque.training.library import UNITS, Work, carried, works
from marque.training.model import Planted, Site, Visit
from marque.training.pictures import banner, favicon
from marque.training.readers import Banner
from marque.training.signs import favicon_number
from marque.training.strips.delivery import Cut, Order, Slice

_WIDTHS, _FORMS = (720, 690, 640, 560, 480), ("jpeg", "jpeg", "jpeg", "webp")
# What the service carries in all its languages, so that one work can be followed across them.
_HERO_UNITS = (("W-0001", "1"), ("W-0002", "1"), ("W-0001", "2"), ("W-0002", "2"))
# Lawful sites with pictures: the licensed reader shows whole units, the others quote a panel or two.
_QUOTES: dict[str, tuple[tuple[str, str, tuple[int, ...]], ...]] = {
    "licensed-reader": (("W-0001", "1", ()), ("W-0003", "1", ())),
    "publisher": (("W-0001", "1", (0, 1)),),
    "review-blog": (("W-0003", "1", (2,)),),
    "fan-page": (("W-0002", "1", (3,)),),
    "blog": (("W-0002", "2", (1,)),),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one visit shows: units, each with the order for its pictures; a sweep shows none."""

    site: Site
    moment: int
    number: int
    orders: tuple[Order, ...]

    @property
    def swept(self) -> bool:
        """Whether this is the look at the end."""
        return self.site.swept and self.number == len(self.site.visits) - 1


def plan(cast: Cast, dice: Dice) -> list[Plan]:
    """All visits of the cast at which a site is itself, with what they show."""
    return [
        Plan(site, moment, number, _orders(site, number, dice))
        for site in cast.sites
        for number, moment in enumerate(site.visits)
    ]


def _orders(site: Site, number: int, dice: Dice) -> tuple[Order, ...]:
    swept = site.swept and number == len(site.visits) - 1
    return () if swept else tuple(_wanted(site, number, dice))


def _wanted(site: Site, number: int, dice: Dice) -> Iterator[Order]:
    if site.lawful:
        for key, unit, only in _QUOTES.get(site.part, ()):
            work = next(work for work in works() if work.key == key)
            quoted = Cut(360 if site.part != "publisher" else 560, 1400, quality=78, only=only)
            yield key, unit, work.lettering(site.languages[0]), quoted if only else Cut(700, 1280, quality=86)
    elif site.kind == "reader" and site.part not in CLOSED:
        cut = _cut(site, dice.of("cut", site.host))
        for key, unit in _units(site, number, dice):
            work = next(work for work in works() if work.key == key)
            language = "en" if site.languages[0] == "ar" else site.languages[0]
            yield key, unit, work.lettering(language), cut


def _units(site: Site, number: int, dice: Dice) -> list[tuple[str, str]]:
    if site.operator == HERO and site.part != "slip":
        weekly = site.languages[0] == "ko"
        at = dice.of("turn", site.host).below(4) + number
        return [_HERO_UNITS[(at + more) % 4] for more in range(1 if weekly else 2)]
    chosen = dice.of("shelf", site.host, number).sample(carried(site.languages[0]), 1)
    return [(work.key, dice.of("unit", site.host, number).pick(UNITS)) for work in chosen]


def _cut(site: Site, dice: Dice) -> Cut:
    mark = site.host.upper() if dice.chance(35) else ""
    names = dice.pick(("{:03d}", "{:02d}", "page-{}", "img_{:04d}"))
    form = dice.pick(_FORMS)
    height = dice.between(12, 18) * 100 if dice.chance(15) else dice.between(30, 62) * 10
    return Cut(dice.pick(_WIDTHS), height, form, dice.between(55, 86), mark, names)


def visits(cast: Cast, plans: list[Plan], drawn: dict[Order, list[Slice]], dice: Dice) -> Iterator[Visit]:
    """The visits themselves, site by site in order of time, with what happened to the site afterwards."""
    for entry in plans:
        if entry.number == 0:
            yield from _blocked(entry.site, cast, dice)
        crawl = Crawl(entry.site, entry.moment, dice)
        shown = [(_work(order[0]), order[1], drawn[order]) for order in entry.orders]
        _walk(crawl, entry, cast, shown, dice)
        crawl.visit.swept = entry.swept
        yield crawl.visit
        if entry.number == len(entry.site.visits) - 1 and entry.site.until is not None:
            yield _afterwards(entry.site, cast, dice)


def _blocked(site: Site, cast: Cast, dice: Dice) -> Iterator[Visit]:
    """Visits that met only a check for robots: they say nothing about the site."""
    for day in cast.rows[site.host].get("blocked", ()):
        crawl = Crawl(site, cast.start + day * DAY + DAY // 3, dice)
        story.closed(crawl, site)
        yield crawl.visit


def _work(key: str) -> Work:
    return next(work for work in works() if work.key == key)


def _walk(crawl: Crawl, entry: Plan, cast: Cast, shown: list[tuple[Work, str, list[Slice]]], dice: Dice) -> None:
    site, row = entry.site, cast.rows[entry.site.host]
    if site.part in CLOSED:
        story.closed(crawl, site)
        return
    banners = [Banner(name, _code(site, name, dice), banner(name)) for name in row.get("advertisers", ())]
    if site.lawful:
        lawful.visit(crawl, site, shown)
    elif site.kind == "reader":
        _read(crawl, entry, banners, shown)
    else:
        offers.front(crawl, site, banners, _listed(site, cast, entry.moment))
    text, claims = ads_txt(site, intermediary=row.get("seller", False))
    if claims:
        crawl.file(f"{site.home}ads.txt", text.encode(), "text/plain")
        crawl.planted(claims)
    icon = favicon(site.accounts.get("favicon", site.host))
    crawl.file(f"{site.home}favicon.ico", icon, "image/x-icon")
    crawl.planted([Planted(site.host, "favicon-mmh3", favicon_number(icon))])
    crawl.planted([Planted(site.host, "ip-address", address(site))])
    if site.part in {"agency", "agency-client"}:
        crawl.planted([Planted(site.host, "email", AGENCY_MAIL)])


def _read(crawl: Crawl, entry: Plan, banners: list[Banner], shown: list[tuple[Work, str, list[Slice]]]) -> None:
    site = entry.site
    readers.front(crawl, site, carried(site.languages[0]), banners)
    if entry.number == 0:
        readers.notices(crawl, site)
        readers.support(crawl, site)
        if site.host in story.COMEBACK:
            story.comeback(crawl, site)
        if site.host in story.SLIP_SITES:
            story.slip(crawl, site)
        if site.operator == HERO and site.part != "slip":
            novels.serve(crawl, site)
    for work, unit, slices in shown:
        readers.chapter(crawl, site, work, unit, slices, banners)


def _code(site: Site, landing: str, dice: Dice) -> str:
    """The code by which a house pays: one for the operator, whatever site shows it."""
    owner = site.operator or site.host
    return f"{owner[:3]}{dice.of('code', owner, landing).below(900) + 100}".upper()


def _listed(site: Site, cast: Cast, moment: int) -> list[str]:
    """What a link page lists: sites that are up. The bulletin of the service lists only its own addresses."""
    own = site.operator == HERO
    return [
        other.host
        for other in cast.sites
        if not other.lawful
        and other.visits[0] <= moment
        and (other.until is None or other.until > moment)
        and (not own or (other.operator == HERO and other.part not in {"slip", "bulletin"}))
    ][:40]


def _afterwards(site: Site, cast: Cast, dice: Dice) -> Visit:
    """One more visit, after the site had ended: moved, seized, or gone."""
    assert site.until is not None
    row = cast.rows[site.host]
    crawl = Crawl(site, site.until + DAY // 2 + dice.of("after", site.host).below(DAY // 3), dice)
    if row.get("end") == "seized":
        story.seized(crawl, site)
    elif "next" in row:
        story.moved(crawl, site, row["next"])
    else:
        story.gone(crawl, site)
    return crawl.visit
