"""Sites that look like the others and are lawful: none of them may be linked to anybody or accused of anything."""

import html
import json

from marque.training import novels
from marque.training.cast import DATA
from marque.training.crawl import Crawl
from marque.training.library import Work
from marque.training.markup import page, planted, snippets
from marque.training.model import Serving, Site
from marque.training.strips.delivery import Slice

_TALK: dict[str, str] = json.loads((DATA / "talk.json").read_text("utf-8"))


def visit(crawl: Crawl, site: Site, shown: list[tuple[Work, str, list[Slice]]]) -> None:
    """The pages of one lawful site."""
    text = _TALK.get(site.host) or _TALK[site.part]
    layout = "agency" if site.part in {"agency", "agency-client"} else "article"
    quoted = novels.quotation(site.languages[0]) if site.part in {"review-blog", "fan-page", "blog"} else ""
    parts = [f"<h1>{html.escape(site.brand)}</h1>", f"<p>{html.escape(text)}</p>"]
    parts += [f"<blockquote>{quoted}</blockquote>"] if quoted else []
    body = "\n".join([*parts, snippets(site, "contact"), snippets(site, "donate")])
    crawl.document(site.home, page(site, site.home, site.brand, body, crawl.now, layout=layout), site.brand)
    crawl.planted(planted(site, "head", "foot", "contact", "donate"))
    for work, unit, slices in shown:
        _shown(crawl, site, work, unit, slices)


def _shown(crawl: Crawl, site: Site, work: Work, unit: str, slices: list[Slice]) -> None:
    language = site.languages[0]
    whole = site.part == "licensed-reader"
    uri = f"https://{site.host}/{'episode' if whole else 'post'}/{work.slug}-{unit}/"
    images = "\n".join(f'<img src="/media/{work.slug}/{unit}/{piece.name}" alt="">' for piece in slices)
    heading = f"{work.title(language)} - {unit}"
    parts = [f"<h1>{html.escape(heading)}</h1>", f"<p>{html.escape(_TALK[site.part])}</p>", images]
    body = "\n".join([*parts, f"<p>© {html.escape(work.holder)}</p>"])
    document = crawl.document(uri, page(site, uri, heading, body, crawl.now, layout="article"), heading)
    crawl.planted(planted(site, "head", "foot"))
    folder = f"https://{site.host}/media/{work.slug}/{unit}"
    for piece in slices:
        crawl.asset(document, f"{folder}/{piece.name}", piece.data, piece.media_type)
    panels, part = (len(work.panels(unit)), "whole") if whole else (len(slices), "excerpt")
    crawl.serving(Serving(uri, site.host, work.key, unit, work.lettering(language), panels, part))
