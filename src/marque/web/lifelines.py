"""A network's line of time as a file that stands by itself: black on white, with date and run digest."""

from xml.sax.saxutils import escape, quoteattr

from marque import clock
from marque.networks.timeline import LENGTH
from marque.web import legible
from marque.web.language import Language
from marque.web.models import Network
from marque.web.queries.timeline import Drawn

_NAMES, _ROW, _TOP, _FOOT = 260, 24, 40, 60
_INK, _PALE, _MOVE = "#0A4F9E", "#7A8797", "#856200"


def as_svg(drawn: Drawn, network: Network, run: str, language: Language) -> str:
    """One bar a site with its captures and moves; or how many stood in each stretch of time."""
    title = language.say("web.network.title", name=legible.middle(network.network, 60))
    rows = _bars(drawn) if drawn.rows else _bins(drawn)
    height = _TOP + _ROW * max(len(drawn.rows) or len(drawn.line.bins), 1) + _FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_NAMES + LENGTH + 30:.0f} {height}" '
        f'font-family="Noto Sans, sans-serif" font-size="12" aria-label={quoteattr(title)}>'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{_axis(drawn)}{rows}'
        f"{_foot(title, run, language, height)}</svg>\n"
    )


def _day(moment: int) -> str:
    return f"{clock.from_microseconds(moment):%Y-%m-%d}"


def _axis(drawn: Drawn) -> str:
    end = _NAMES + LENGTH
    return (
        f'<text x="{_NAMES}" y="20">{_day(drawn.line.first)}</text>'
        f'<text x="{end:.0f}" y="20" text-anchor="end">{_day(drawn.line.last)}</text>'
        f'<line x1="{_NAMES}" x2="{end:.0f}" y1="28" y2="28" stroke="{_PALE}"/>'
    )


def _bars(drawn: Drawn) -> str:
    found = []
    for number, (bar, site, _) in enumerate(drawn.rows):
        y = _TOP + _ROW * number
        found.append(
            f'<text x="{_NAMES - 10}" y="{y + 13}" text-anchor="end">{escape(legible.middle(site.display, 36))}</text>'
            f'<rect x="{_NAMES + bar.x:.1f}" y="{y + 4}" width="{bar.width:.1f}" height="10" fill="{_INK}"/>'
        )
        found += [
            f'<line x1="{_NAMES + mark:.1f}" x2="{_NAMES + mark:.1f}" y1="{y + 1}" y2="{y + 17}" stroke="#16202B"/>'
            for mark in bar.marks
        ]
    for move in drawn.line.moves:
        y1, y2 = (_TOP + _ROW * place + 9 for place in (move.source, move.target))
        found.append(
            f'<path d="M{_NAMES + move.x1:.1f} {y1}L{_NAMES + move.x2:.1f} {y2}" stroke="{_MOVE}" stroke-width="2" '
            f'stroke-dasharray="4 3" fill="none"/><circle cx="{_NAMES + move.x2:.1f}" cy="{y2}" r="4" fill="{_MOVE}"/>'
        )
    return "".join(found)


def _bins(drawn: Drawn) -> str:
    return "".join(
        f'<text x="{_NAMES - 10}" y="{_TOP + _ROW * number + 13}" text-anchor="end">{_day(each.start)}</text>'
        f'<rect x="{_NAMES}" y="{_TOP + _ROW * number + 4}" width="{each.width * LENGTH / 100:.1f}" height="10" '
        f'fill="{_INK}"/><text x="{_NAMES + each.width * LENGTH / 100 + 6:.1f}" y="{_TOP + _ROW * number + 13}">'
        f"{each.alive}</text>"
        for number, each in enumerate(drawn.line.bins)
    )


def _foot(title: str, run: str, language: Language, height: int) -> str:
    lines = (f"{title} · {clock.now():%Y-%m-%d %H:%M} UTC", language.say("web.print.run", digest=run))
    return "".join(
        f'<text x="10" y="{height - 30 + 18 * place}">{escape(line)}</text>' for place, line in enumerate(lines)
    )
