"""The picture of a network: as data for the browser, and as a file with legend, date and run digest."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from marque import clock
from marque.web import legible
from marque.web.language import Language
from marque.web.loading.positions import HEIGHT, WIDTH
from marque.web.models import Network
from marque.web.queries.networks import Shared
from marque.web.queries.picture import Edge, Node, Picture

_RADIUS = {1: 9, 2: 13, 3: 17}
_INK = {3: "#2B3947", 2: "#5F6E7F", 1: "#7A8797"}
_LEGEND, _FOOT = ("strong", "probable", "weak"), 90
_NO, _ASIDE = "#9C1420", 220  # the ink of what was declined, and room beside the picture for sites outside


def as_data(drawn: Picture, shared: Sequence[Shared]) -> dict[str, object]:
    """Nodes and edges with their places. Shared values stand in the middle of those who carry them."""
    spots = {node.id: (node.x, node.y) for node in drawn.nodes}
    return {
        "nodes": [
            {"id": node.id, "label": legible.middle(node.label, 40), "halo": node.halo, "outside": node.outside,
             "size": node.size, "service": node.service, "x": node.x, "y": node.y}
            for node in drawn.nodes
        ],
        "edges": [
            {"a": edge.a, "b": edge.b, "word": edge.word, "width": edge.width, "dashed": edge.dashed,
             "holds": edge.holds}
            for edge in drawn.edges
        ],
        "declined": [{"a": row.a, "b": row.b, "figure": row.figure, "count": row.count} for row in drawn.declined],
        "values": [_value(place, item, spots) for place, item in enumerate(shared)],
    }  # fmt: skip


def _value(place: int, item: Shared, spots: dict[str, tuple[float, float]]) -> dict[str, object]:
    near = [spots[site] for site in item.here if site in spots]
    count = max(len(near), 1)
    # A little aside for each, so that values with the same carriers do not lie on one another.
    aside = (place % 5 - 2) * 26, (place // 5 % 5 - 2) * 22
    return {
        "kind": item.kind, "value": item.value, "label": legible.middle(item.value, 40),
        "family": item.family, "shape": item.shape, "here": list(item.here),
        "x": round(sum(x for x, _ in near) / count + aside[0], 1),
        "y": round(sum(y for _, y in near) / count + aside[1], 1),
    }  # fmt: skip


def as_svg(drawn: Picture, network: Network, run: str, language: Language) -> str:
    """A file that stands by itself: black on white, each site by name, thin and dashed where a link is weak."""
    spots = {node.id: node for node in drawn.nodes}
    lines = "".join(_line(spots[edge.a], spots[edge.b], edge) for edge in drawn.edges)
    crossed = "".join(_crossed(spots[row.a], spots[row.b]) for row in drawn.declined)
    circles = "".join(_circle(node) for node in drawn.nodes)
    title = language.say("web.network.title", name=legible.middle(network.network, 60))
    width = WIDTH + (_ASIDE if any(node.outside for node in drawn.nodes) else 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {HEIGHT + _FOOT:.0f}" '
        f'font-family="Noto Sans, sans-serif" font-size="12" aria-label={quoteattr(title)}>'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{lines}{crossed}{circles}'
        f"{_legend(language)}{_foot(title, run, language)}</svg>\n"
    )


def _line(one: Node, other: Node, edge: Edge) -> str:
    return (
        f'<line x1="{one.x}" y1="{one.y}" x2="{other.x}" y2="{other.y}" stroke="{_INK[edge.width]}" '
        f'stroke-width="{edge.width}"{_dashes(edge.dashed)}/>'
    )


def _crossed(one: Node, other: Node) -> str:
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    return (
        f'<line x1="{one.x}" y1="{one.y}" x2="{other.x}" y2="{other.y}" stroke="{_NO}" stroke-dasharray="2 4"/>'
        + _cross(x, y)
    )


def _cross(x: float, y: float) -> str:
    arms = f"M{x - 6:.1f} {y - 6:.1f}l12 12m0 -12l-12 12"
    return f'<path d="{arms}" stroke="#FFFFFF" stroke-width="6"/><path d="{arms}" stroke="{_NO}" stroke-width="2"/>'


def _circle(node: Node) -> str:
    ink = "#526071" if node.outside else "#0A4F9E"
    fill = "#FFFFFF" if node.halo or node.outside else ink
    return (
        f'<circle cx="{node.x}" cy="{node.y}" r="{_RADIUS[node.size]}" fill="{fill}" stroke="{ink}" stroke-width="2"'
        f'{_dashes(node.outside)}/><text x="{node.x}" y="{node.y + _RADIUS[node.size] + 14}" text-anchor="middle">'
        f"{escape(legible.middle(node.label, 40))}</text>"
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
    parts.append(_cross(816, HEIGHT + 20))
    parts.append(f'<text x="832" y="{HEIGHT + 24}">{escape(language.say("web.graph.declined"))}</text>')
    return "".join(parts)


def _foot(title: str, run: str, language: Language) -> str:
    made = f"{clock.now():%Y-%m-%d %H:%M} UTC"
    lines = (f"{title} · {made}", language.say("web.print.run", digest=run))
    return "".join(
        f'<text x="30" y="{HEIGHT + 50 + 18 * place}">{escape(line)}</text>' for place, line in enumerate(lines)
    )
