"""The picture of a network: as data for the browser, and as a file with legend, date and run digest."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from marque import clock
from marque.web.language import Language
from marque.web.loading.positions import HEIGHT, WIDTH
from marque.web.models import Network
from marque.web.queries.networks import Edge, Node, Shared

_RADIUS = {1: 9, 2: 13, 3: 17}
_INK = {3: "#2B3947", 2: "#5F6E7F", 1: "#7A8797"}
_LEGEND, _FOOT = ("strong", "probable", "weak"), 90


def as_data(nodes: Sequence[Node], edges: Sequence[Edge], shared: Sequence[Shared]) -> dict[str, object]:
    """Nodes and edges with their places. Shared values stand in the middle of those who carry them."""
    spots = {node.id: (node.x, node.y) for node in nodes}
    values = [_value(place, item, spots) for place, item in enumerate(shared)]
    return {
        "nodes": [
            {"id": node.id, "label": node.label, "shape": node.shape, "halo": node.halo, "size": node.size,
             "x": node.x, "y": node.y}
            for node in nodes
        ],
        "edges": [
            {"a": edge.a, "b": edge.b, "word": edge.word, "width": edge.width, "dashed": edge.dashed} for edge in edges
        ],
        "values": values,
    }  # fmt: skip


def _value(place: int, item: Shared, spots: dict[str, tuple[float, float]]) -> dict[str, object]:
    near = [spots[site] for site in item.here if site in spots]
    count = max(len(near), 1)
    # A little aside for each, so that values with the same carriers do not lie on one another.
    aside = (place % 5 - 2) * 26, (place // 5 % 5 - 2) * 22
    return {
        "kind": item.kind, "value": item.value, "family": item.family, "shape": item.shape, "here": list(item.here),
        "x": round(sum(x for x, _ in near) / count + aside[0], 1),
        "y": round(sum(y for _, y in near) / count + aside[1], 1),
    }  # fmt: skip


def as_svg(nodes: Sequence[Node], edges: Sequence[Edge], network: Network, run: str, language: Language) -> str:
    """A file that stands by itself: black on white, each site by name, thin and dashed where a link is weak."""
    spots = {node.id: node for node in nodes}
    lines = [
        f'<line x1="{spots[edge.a].x}" y1="{spots[edge.a].y}" x2="{spots[edge.b].x}" y2="{spots[edge.b].y}" '
        f'stroke="{_INK[edge.width]}" stroke-width="{edge.width}"{_dashes(edge.dashed)}/>'
        for edge in edges
    ]
    circles = [
        f'<circle cx="{node.x}" cy="{node.y}" r="{_RADIUS[node.size]}" fill="{"#FFFFFF" if node.halo else "#0A4F9E"}" '
        f'stroke="#0A4F9E" stroke-width="2"/><text x="{node.x}" y="{node.y + _RADIUS[node.size] + 14}" '
        f'text-anchor="middle">{escape(node.label)}</text>'
        for node in nodes
    ]
    title = language.say("web.network.title", name=network.network)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT + _FOOT:.0f}" '
        f'font-family="Noto Sans, sans-serif" font-size="12" aria-label={quoteattr(title)}>'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{"".join(lines)}{"".join(circles)}'
        f"{_legend(language)}{_foot(title, run, language)}</svg>\n"
    )


def _dashes(dashed: bool) -> str:
    return ' stroke-dasharray="5 4"' if dashed else ""


def _legend(language: Language) -> str:
    parts = []
    for place, word in enumerate(_LEGEND):
        x, width = 30 + place * 150, 3 - place
        parts.append(
            f'<line x1="{x}" y1="{HEIGHT + 20}" x2="{x + 40}" y2="{HEIGHT + 20}" stroke="{_INK[width]}" '
            f'stroke-width="{width}"{_dashes(word == "weak")}/><text x="{x + 48}" y="{HEIGHT + 24}">'
            f"{escape(language.say(f'web.strength.{word}'))}</text>"
        )
    for place, (name, fill) in enumerate((("core", "#0A4F9E"), ("halo", "#FFFFFF"))):
        x = 500 + place * 150
        parts.append(
            f'<circle cx="{x}" cy="{HEIGHT + 20}" r="8" fill="{fill}" stroke="#0A4F9E" stroke-width="2"/>'
            f'<text x="{x + 16}" y="{HEIGHT + 24}">{escape(language.say(f"web.place.{name}"))}</text>'
        )
    return "".join(parts)


def _foot(title: str, run: str, language: Language) -> str:
    made = f"{clock.now():%Y-%m-%d %H:%M} UTC"
    lines = (f"{title} · {made}", language.say("web.print.run", digest=run))
    return "".join(
        f'<text x="30" y="{HEIGHT + 50 + 18 * place}">{escape(line)}</text>' for place, line in enumerate(lines)
    )
