"""One visit of the invented crawler: it asks for documents and what they embed, and keeps the answers in order."""

from collections.abc import Iterable

from marque.evidence.model import CONTENT
from marque.training.cast import SLOTS
from marque.training.dice import Dice
from marque.training.markup import build
from marque.training.model import Headers, Planted, Reply, Serving, Site, Visit

SECOND = 1_000_000
# Addresses of a content delivery network that most of this web hides behind; a shared one says nothing.
SHARED_ADDRESSES = tuple(f"203.0.113.{last}" for last in range(10, 13))
# Operators who rent a machine and hide it badly.
OWN_ADDRESSES = {"tintanegra": "198.51.100.21", "inkharbor": "198.51.100.40", "noorstream": "198.51.100.77"}
_CODINGS = ("identity", "br", "chunked", "gzip")


class Crawl:
    """Collects a visit. Each answer comes a little later than the one before."""

    def __init__(self, site: Site, moment: int, dice: Dice) -> None:
        self.visit = Visit(site, moment)
        self.dice = dice.of("crawl", site.host, moment)
        self._site, self._now = site, moment
        self._headers = headers(site)
        self._coding = _CODINGS[Dice("coding", site.host).below(4)]

    @property
    def now(self) -> int:
        """The moment of the next answer."""
        return self._now

    def document(
        self, uri: str, body: bytes, title: str, *, status: int = 200, verdict: str = CONTENT, extra: Headers = ()
    ) -> str:
        """A page of its own."""
        self._keep(
            Reply(
                uri, self._now, body, status=status, headers=(*extra, *self._headers), title=title, coding=self._coding
            )
        )
        self.visit.verdicts[uri] = verdict
        return uri

    def redirect(self, uri: str, target: str) -> None:
        """An answer that only points elsewhere."""
        body = f'<html><head><title>302 Found</title></head><body><a href="{target}">here</a></body></html>'.encode()
        self._keep(Reply(uri, self._now, body, status=302, headers=(("Location", target), *self._headers), title="302"))
        self.visit.verdicts[uri] = "redirect"

    def asset(self, page: str, uri: str, body: bytes, media_type: str, *, ip: str = "") -> None:
        """Something a page embeds."""
        self._keep(Reply(uri, self._now, body, media_type, headers=self._headers[:1], page=page, ip=ip))

    def file(self, uri: str, body: bytes, media_type: str) -> None:
        """Something the crawler asks for by habit, such as ads.txt."""
        self._keep(Reply(uri, self._now, body, media_type, headers=self._headers[:1], page=self._site.home))

    def planted(self, claims: Iterable[Planted]) -> None:
        """What was put into the page just kept."""
        self.visit.planted.extend(claims)

    def serving(self, serving: Serving) -> None:
        """Which work the page just kept shows."""
        self.visit.servings.append(serving)

    def _keep(self, reply: Reply) -> None:
        ip = reply.ip if reply.ip not in {"", "192.0.2.1"} else address(self._site)
        self.visit.replies.append(
            Reply(
                reply.uri,
                reply.time,
                reply.body,
                reply.media_type,
                reply.status,
                reply.headers,
                reply.page,
                ip,
                reply.coding,
                reply.title,
            )
        )
        self._now += self.dice.between(120, 900) * 1_000


def address(site: Site) -> str:
    """Where a site answers from."""
    if site.operator in OWN_ADDRESSES:
        return OWN_ADDRESSES[site.operator]
    if site.part in {"agency", "agency-client"}:
        return "192.0.2.80"
    return Dice("address", site.host).pick(SHARED_ADDRESSES) if not site.lawful else f"192.0.2.{100 + len(site.host)}"


def headers(site: Site) -> Headers:
    """Response headers in the order this server sends them; its session cookie."""
    hidden = site.operator not in OWN_ADDRESSES and not site.lawful
    session = build(site)[:6]
    cookie = {"madara": "wpmanga-reading-history", "themesia": "ts_session", "agency": "pl_visit"}.get(
        site.layout, f"sid_{session}"
    )
    pairs = [
        ("Server", "cloudflare" if hidden else "nginx/1.26.2"),
        ("Set-Cookie", f"{cookie}={session}; Path=/; HttpOnly"),
        ("Cache-Control", "no-store"),
        ("X-Powered-By", "PHP/8.2.24"),
    ]
    if hidden:
        pairs.append(("CF-RAY", f"{build(site)}{build(site)}-ICN"))
    return tuple(pairs if site.layout != "themesia" else [pairs[0], *reversed(pairs[1:])])


def ads_txt(site: Site, *, intermediary: bool) -> tuple[str, list[Planted]]:
    """The sellers a site names. A firm that sells for many unrelated sites stands in all of theirs as DIRECT."""
    lines, claims = ["# ads.txt"], []
    if "adsense" in site.accounts:
        value = site.accounts["adsense"]
        lines.append(f"google.com, {value}, DIRECT, f08c47fec0942fa0")
        claims.append(Planted(site.host, "ads-txt-direct", f"google.com,{value}"))
    if "seller-own" in site.accounts:
        value = site.accounts["seller-own"]
        lines.append(SLOTS["seller-own"]["html"].replace("$v", value))
        claims.append(Planted(site.host, "ads-txt-direct", f"adrelay.example,{value}"))
    if intermediary:
        lines += ["admesh.example, 5501, DIRECT", "admesh.example, 9120, RESELLER"]
        claims.append(Planted(site.host, "ads-txt-direct", "admesh.example,5501"))
    return "\n".join(lines) + "\n", claims
