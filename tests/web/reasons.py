"""The tables of the fixture that say what was concluded: links, networks, works, criteria, money."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tests.web import pictures

Rows = dict[str, list[Mapping[str, object]]]


def tables(operator: Sequence[str], others: Sequence[str], pages: Mapping[str, str], start: datetime) -> Rows:
    """Rows of every concluded table."""
    core, halo, later = operator[:4], operator[4:], start + timedelta(days=3)
    return {
        "links": links(operator, others, start),
        "networks": [
            member("n-moon", site, "core" if site in core else "halo", operator[site == operator[0]])
            for site in (*core, *halo)
        ] + [member("n-alley", site, "core", others[site == others[0]]) for site in others[:2]],
        "services": [
            {"service": "s-moon", "site": operator[0], "role": "former", "from": start, "to": later},
            {"service": "s-moon", "site": operator[3], "role": "current", "from": later, "to": None},
        ],
        "successors": [{
            "site": operator[3], "predecessor": operator[0], "probability": 0.96, "impostor": False,
            "reasons": [reason("announcement-channel", "telegram:moonlight_notice", "identity", 6100, True, start)],
        }],
        "matches": matches(operator, others, pages),
        "assessments": assessments(operator, others, pages),
        "flows": [{
            "payer": "lucky-wheel.example", "intermediary": None, "payee": operator[0], "network": "n-moon",
            "low": None, "mid": None, "high": None, "currency": None, "period": None, "basis": "inferred",
            "records": [pages[operator[0]]],
        }],
    }  # fmt: skip


def reason(kind: str, value: str, family: str, weight: int, counted: bool, start: datetime) -> dict[str, object]:
    """One reason for or against a link; the sign of its weight says which."""
    return {
        "kind": kind, "value": value, "family": family, "weight": weight, "counted": counted, "supports": weight > 0,
        "why": "networks.counted" if counted else "networks.same-group", "sites": 4 if weight > 0 else None,
        "of": 12 if weight > 0 else None, "a_first": start,
        "a_last": start + timedelta(days=2), "b_first": start, "b_last": start + timedelta(days=4),
    }  # fmt: skip


def links(operator: Sequence[str], others: Sequence[str], start: datetime) -> list[Mapping[str, object]]:
    """Strong links inside the operator's sites, a weak one, and a tempting one that was declined."""
    strong = [
        reason("crypto-address", "TXyz9hGkLmNoPqRsTuVwXyZaBcDeFgHiJk", "payment", 7300, True, start),
        reason("announcement-channel", "telegram:moonlight_notice", "identity", 6100, True, start),
        reason("google-analytics", "UA-5512345-1", "identity", 2200, False, start),
        reason("adsense-publisher", "pub-1111222233334444 | pub-5555666677778888", "money", -800, True, start),
    ]
    weak = [reason("google-analytics", "UA-5512345-1", "identity", 3400, True, start)]
    declined = [
        reason("page-theme", "theme", "page", 210, True, start),
        reason("donation-handle", "ko-fi:alley", "payment", -3000, True, start),
    ]
    rows = []
    for place, one in enumerate(operator):
        for other in operator[place + 1 :]:
            firm = other != operator[4]
            why = strong if firm else weak
            rows.append(link(one, other, why, (0.993, 0.97, 0.998) if firm else (0.62, 0.35, 0.84), True))
    rows.append(link(operator[0], others[1], declined, (0.004, 0.0, 0.02), False))
    rows.append(link(others[0], others[1], weak, (0.86, 0.7, 0.95), True))
    return rows


def link(
    one: str, other: str, why: Sequence[Mapping[str, object]], chance: tuple[float, float, float], accepted: bool
) -> Mapping[str, object]:
    """One link, its sites in name order, its score the sum of what counted."""
    first, second = sorted((one, other))
    score = sum(int(str(item["weight"])) for item in why if item["counted"]) - 4000
    return {
        "site_a": first, "site_b": second, "score": score, "probability": chance[0], "low": chance[1],
        "high": chance[2], "accepted": accepted, "reasons": list(why),
    }  # fmt: skip


def member(network: str, site: str, role: str, bridge: str) -> Mapping[str, object]:
    """One membership."""
    chance = (0.98, 0.94, 0.995) if role == "core" else (0.61, 0.4, 0.8)
    return {
        "network": network, "site": site, "role": role, "membership": chance[0], "membership_low": chance[1],
        "membership_high": chance[2], "weakest_bridge": f"{min(bridge, site)} {max(bridge, site)}",
    }  # fmt: skip


def matches(operator: Sequence[str], others: Sequence[str], pages: Mapping[str, str]) -> list[Mapping[str, object]]:
    """Which works the pages hold: unlicensed at the operator's, licensed at the licensed reader, one unsure."""
    found: list[Mapping[str, object]] = []
    for place, site in enumerate((*operator, others[3], others[0])):
        work = "moonlit" if place % 3 else "harbour"
        unsure, licensed = site == others[0], site == others[3]
        strip = pages[site].replace(":0", ":1")
        pieces = [
            {
                "query": dict(zip("xywh", pictures.place(panel), strict=True)) | {"record": strip, "file": None},
                "catalogue": {"panel": panel + 1, "x": 0, "y": 0, "w": 300, "h": 240},
                "distance": 4 + 3 * panel, "codes": 14 - panel,
            }
            for panel in range(3)
        ]  # fmt: skip
        found.append({
            "site": site, "work": work, "unit": f"{work}-01", "language": ("ko", "es", "ja")[place % 3],
            "page": pages[site], "score": 0.71 if unsure else 0.9981, "answer": "unsure" if unsure else "match",
            "licensed": licensed, "medium": "strip", "pieces": pieces,
        })  # fmt: skip
    found += [_stretches(operator[1], pages[operator[1]], medium) for medium in ("text", "audio")]
    return found


def _stretches(site: str, page: str, medium: str) -> Mapping[str, object]:
    """A match in a medium with one axis: two stretches of the page, the second one earlier in the unit."""
    query = {"record": page, "file": None}
    pieces = [
        {"query": query | {"start": 0.0, "end": 9.0}, "catalogue": {"start": 4_000.5, "end": 4_009.5}, "distance": 3},
        {"query": query | {"start": 12.0, "end": 25.0}, "catalogue": {"start": 90.0, "end": 103.0}, "distance": 5},
    ]
    return {
        "site": site, "work": "harbour", "unit": f"tale-{medium}", "language": "en", "page": page, "score": 0.98,
        "answer": "match", "licensed": False, "medium": medium, "titled": "Harbour Librarian", "pieces": pieces,
    }  # fmt: skip


def assessments(operator: Sequence[str], others: Sequence[str], pages: Mapping[str, str]) -> list[Mapping[str, object]]:
    """Machine proposals of every level."""
    levels = dict.fromkeys(operator, "all") | {others[0]: "most", others[3]: "licensed", others[4]: "none"}
    rows: list[Mapping[str, object]] = []
    for site in (*operator, *others):
        level = levels.get(site, "not-looked")
        met = level in {"all", "most"}
        rows.append({
            "site": site, "service_kind": "strip-reader" if met else None, "level": level,
            "criteria": [] if level == "not-looked" else [
                {"criterion": "serves-works", "met": met, "records": [pages[site]] if met else []},
                {"criterion": "takes-money", "met": level == "all", "records": [pages[site]] if level == "all" else []},
                {"criterion": "evades", "met": None, "records": []},
            ],
        })  # fmt: skip
    return rows
