"""Novels of the world: two strips told in words, where a service offers them, and what a reviewer quotes."""

import html
from functools import cache

from marque.training import prose
from marque.training.crawl import Crawl
from marque.training.library import Work, works
from marque.training.markup import page, planted
from marque.training.model import Serving, Site

UNIT = "novel"
TOLD = {"ko": "W-0001", "es": "W-0002"}  # by language: the work that is also a novel
_LENGTH, _PARTS = {"ko": 18_000, "es": 30_000}, 3


def of(language: str) -> Work | None:
    """The work that a site of that language can offer as a novel."""
    key = TOLD.get(language)
    return next((work for work in works() if work.key == key), None)


@cache
def text(language: str) -> str:
    """The whole novel."""
    return prose.novel(language, 1, TOLD[language], _LENGTH[language])


def chapters(language: str) -> list[str]:
    """The novel as it is put online: paragraphs in a few parts."""
    paragraphs = text(language).split("\n\n")
    size = -(-len(paragraphs) // _PARTS)
    return ["\n\n".join(paragraphs[at : at + size]) for at in range(0, len(paragraphs), size)]


def serve(crawl: Crawl, site: Site) -> None:
    """The pages of a novel, copied word for word, with lines put between that name the site."""
    language = site.languages[0]
    work = of(language)
    if work is None:
        return
    for number, chapter in enumerate(chapters(language), 1):
        uri, heading = f"https://{site.host}/{UNIT}/{work.slug}/{number}/", f"{work.title(language)} {number}"
        paragraphs = [f"<p>{html.escape(part)}</p>" for part in chapter.split("\n\n")]
        paragraphs.insert(len(paragraphs) // 2, f"<p><small>{html.escape(site.host)}</small></p>")
        body = f'<h1>{html.escape(heading)}</h1><div class="text">{"".join(paragraphs)}</div>'
        crawl.document(uri, page(site, uri, heading, body, crawl.now), heading)
        crawl.planted(planted(site, "head", "foot"))
        crawl.serving(Serving(uri, site.host, work.key, UNIT, language, 1, "whole"))


def quotation(language: str) -> str:
    """One sentence of the novel, as a reviewer may quote it."""
    if language not in TOLD:
        return ""
    return html.escape(text(language).split("\n\n")[9].split(". ")[0][:160])
