"""The exhibit's page and its facts: one plain document without scripts, readable in any browser, printable on paper."""

from collections.abc import Iterator, Mapping
from html import escape

from marque import VERSION
from marque.evidence import signing
from marque.words import say, spoken
from marque.works.comparison.model import Comparison, Piece, Section
from marque.works.decide import CALIBRATION
from marque.works.entries import STRIP

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;border-top:1px solid #bbb;padding-top:1rem}"
    "dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1rem}dt{color:#555}dd{margin:0;"
    "overflow-wrap:anywhere}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin:1rem 0;break-inside:avoid}"
    "figure{margin:0}figcaption{color:#555;font-size:.85rem;overflow-wrap:anywhere}"
    "img{width:100%;border:1px solid #bbb}"
    "blockquote{margin:0;border-inline-start:3px solid #888;padding-inline-start:.8rem;white-space:pre-wrap}"
)


def files(comparison: Comparison) -> dict[str, bytes]:
    """Every file of the exhibit but its page, by name."""
    found: dict[str, bytes] = {}
    for section, number, piece in _numbered(comparison):
        if piece.pictures is not None:
            for side, data in zip(("original", "copy"), piece.pictures, strict=True):
                found[_name(section, number, side)] = data
    return found


def facts(comparison: Comparison, signer: str) -> dict[str, object]:
    """The manifest's facts: everything the page says, as numbers and texts. Probabilities in millionths."""
    unit = comparison.unit
    return {
        "marque": VERSION,
        "work": unit.work,
        "unit": unit.unit,
        "language": unit.language,
        "medium": unit.medium,
        "fingerprint": unit.digest,
        "originals": list(comparison.originals),
        "case_file_key": signer,
        "prior_one_in": CALIBRATION.prior_one_in,
        "copies": [_section_facts(section) for section in comparison.sections],
    }


def _section_facts(section: Section) -> dict[str, object]:
    return {
        "site": section.page.site,
        "page": section.page.uri,
        "time": section.page.time,
        "answer": section.answer,
        "licensed": bool(section.page.licensed),
        "licensed_by": list(section.page.licensed),
        "score_millionths": round(section.score * 1_000_000),
        "seen": section.seen,
        "of": section.of,
        "left_out": section.left_out,
        "problems": list(section.problems),
        "pieces": [piece.facts for piece in section.pieces],
    }


def render(comparison: Comparison, signer: str) -> bytes:
    """The page, in the language that is spoken here."""
    unit = comparison.unit
    title = say("works.exhibit-title", work=unit.work, unit=unit.unit)
    rows = {
        "works.exhibit-work": f"{unit.work} {unit.unit} {unit.language}",
        "works.exhibit-fingerprint": unit.digest,
        "works.exhibit-originals": ", ".join(comparison.originals),
        "works.exhibit-signer": signing.fingerprint(signer) if signer else say("works.exhibit-at-hand"),
    }
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(spoken())}"><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; "
        "style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f"<h1>{escape(title)}</h1><p>{escape(say('works.exhibit-means', odds=CALIBRATION.prior_one_in))}</p>",
        _list(rows),
        *(_section(at, section, unit.medium) for at, section in enumerate(comparison.sections, 1)),
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _section(at: int, section: Section, medium: str) -> str:
    page = section.page
    where = page.uri or page.site or say("works.exhibit-at-hand")
    answer = f"works.exhibit-{_answer(section)}"
    rows = {
        "works.exhibit-licence": " ".join(say(f"works.exhibit-licence-{by}") for by in page.licensed),
        "works.exhibit-answer": say(answer, score=f"{section.score:.6f}", seen=section.seen, of=section.of),
        "works.exhibit-page": where,
        "works.exhibit-time": page.time,
        "works.exhibit-problems": "; ".join(section.problems),
        "works.exhibit-left-out": str(section.left_out) if section.left_out else "",
    }
    pairs = "".join(_pair(at, number, piece, medium) for number, piece in enumerate(section.pieces, 1))
    heading = say("works.exhibit-heading-licensed", where=where) if page.licensed else where
    return f"<h2>{at}. {escape(heading)}</h2>{_list(rows)}{pairs}"


def _answer(section: Section) -> str:
    """What is answered; a licensed outlet's page is called that first, and never a match."""
    answer = section.answer or "nothing"
    return f"licensed-{answer}" if section.page.licensed else answer


def _pair(at: int, number: int, piece: Piece, medium: str) -> str:
    sides = "".join(
        f"<figure>{_shown(at, number, piece, side)}<figcaption>{escape(_caption(piece.facts, side, medium))}"
        "</figcaption></figure>"
        for side in ("original", "copy")
    )
    return f'<div class="pair">{sides}</div>'


def _shown(at: int, number: int, piece: Piece, side: str) -> str:
    if piece.pictures is not None:
        return f'<img src="{_name(at, number, side)}" alt="{escape(say(f"works.exhibit-{side}"))}">'
    if piece.passages is not None:
        return f'<blockquote dir="auto">{escape(piece.passages[side == "copy"])}</blockquote>'
    return ""


def _caption(found: Mapping[str, object], side: str, medium: str) -> str:
    place = found[side]
    assert isinstance(place, list)
    where = say(
        f"works.exhibit-place-{medium}" if medium != STRIP else f"works.exhibit-place-{side}", place=_range(place)
    )
    if side == "original":
        agreed = (
            say("works.exhibit-agreed", codes=str(found["codes"]), bits=str(found["bits"])) if "codes" in found else ""
        )
        return f"{say('works.exhibit-original')}. {where} {agreed}"
    return f"{say('works.exhibit-copy')}. {where} {found['address']} {found['time']} SHA-256 {found['sha256']}"


def _range(place: list[object]) -> str:
    return ", ".join(map(str, place)) if len(place) > 2 else "–".join(map(str, place))


def _list(rows: Mapping[str, str]) -> str:
    return (
        "<dl>" + "".join(f"<dt>{escape(say(code))}</dt><dd>{escape(v)}</dd>" for code, v in rows.items() if v) + "</dl>"
    )


def _numbered(comparison: Comparison) -> Iterator[tuple[int, int, Piece]]:
    for at, section in enumerate(comparison.sections, 1):
        for number, piece in enumerate(section.pieces, 1):
            yield at, number, piece


def _name(section: int, number: int, side: str) -> str:
    return f"pictures/{section:03d}-{number:03d}-{side}.png"
