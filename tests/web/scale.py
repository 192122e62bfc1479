"""A run as large as a country's: 20,000 sites with 400,000 sightings, written as tables only. No bytes stand behind it.

`python -m tests.web.scale FOLDER [SITES]` writes it, loads it, and prints how long each kind of page takes.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from marque.evidence import tables
from marque.runs.model import TABLES

RUN = "5c" * 32
START = datetime(2026, 3, 1, tzinfo=UTC)
_SIGNALS = 20
_KINDS = (
    ("google-analytics", "identity", 3), ("crypto-address", "payment", 7), ("email", "identity", 5),
    ("ad-zone", "money", 2), ("banner-advertiser", "money", 400), ("ip-address", "infrastructure", 60),
    ("third-party-host", "infrastructure", 9_000), ("page-theme", "page", 3_000), ("script-url", "page", 1),
    ("language-declared", "page", 9_000),
)  # fmt: skip
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Size:
    """How large: how many sites; everything else follows from it."""

    sites: int = 20_000
    big: int = 2_000  # sites of the largest network; the others have forty

    def name(self, number: int) -> str:
        return f"site-{number:05d}.example"

    def network(self, number: int) -> str:
        return "n-big" if number < self.big else f"n-{number // 40:05d}"


def build(folder: Path, size: Size) -> Path:
    """The tables as a run folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "records": _records, "sightings": _sightings, "links": _links, "networks": _networks, "matches": _matches,
        "services": _services, "flows": _flows, "assessments": _assessments, "successors": _successors,
    }  # fmt: skip
    for name, schema in TABLES:
        tables.write(folder / f"{name}.parquet", tables.of_rows(schema, made[name](size)), sort=False)
    (folder / "model.json").write_text(json.dumps({"tested-on": "synthetic"}), "utf-8")
    (folder / "failed.json").write_text("{}", "utf-8")
    return folder


def _record(number: int, ordinal: int = 0) -> str:
    return f"{number:064x}:{ordinal}"


def _records(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        site = size.name(number)
        for ordinal in range(3):
            yield {
                "record": _record(number, ordinal), "page": _record(number), "source": "workspace",
                "uri": f"https://{site}/{ordinal}", "site": site, "host": site,
                "time": START + timedelta(hours=number % 5_000), "status": 200,
                "media_type": "text/html" if ordinal < 2 else "image/png", "payload_digest": f"{number + ordinal:064x}",
                "locator": {"member": "", "offset": 0, "length": 9, "coding": "gzip"},
                "verdict": ("content", "content", "challenge", "parked")[number % 4], "problems": [],
            }  # fmt: skip


def _sightings(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        site, when = size.name(number), START + timedelta(hours=number % 5_000)
        for place in range(_SIGNALS):
            kind, family, shared = _KINDS[place % len(_KINDS)]
            group = number // shared
            value = "ko" if kind == "language-declared" else f"{kind}:{group}-{place}"
            yield {
                "site": site, "host": site, "page": _record(number), "source": "workspace", "kind": kind,
                "family": family, "value": value, "role": "site", "record": _record(number), "part": "payload",
                "start": place * 10, "end": place * 10 + 9, "extractor": kind, "version": 1, "time": when,
            }  # fmt: skip


def _reasons(number: int, weight: int) -> list[Row]:
    return [
        {"kind": "crypto-address", "value": f"crypto-address:{number // 7}-1", "family": "payment", "weight": weight,
         "counted": True, "supports": weight > 0, "why": "networks.counted", "sites": 7, "of": 20_000},
        {"kind": "email", "value": f"email:{number // 5}-2", "family": "identity", "weight": 900, "counted": True,
         "supports": True, "why": "networks.counted", "sites": 5, "of": 20_000},
    ]  # fmt: skip


def _links(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        for step in (1, 2, 3):
            other = number + step
            inside = other < size.sites and size.network(number) == size.network(other)
            if other < size.sites and (inside or step == 1):
                yield {
                    "site_a": size.name(number), "site_b": size.name(other),
                    "score": 9_000 - number % 977 if inside else -4_000,
                    "probability": 0.99 if inside else 0.2, "low": 0.9 if inside else 0.05, "high": 0.995,
                    "accepted": inside, "reasons": _reasons(number, 7_000 if inside else -2_000),
                }  # fmt: skip


def _networks(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        yield {
            "network": size.network(number), "site": size.name(number), "role": "core" if number % 9 else "halo",
            "membership": 0.98 - number % 50 / 100, "membership_low": 0.4, "membership_high": 0.995,
            "weakest_bridge": None, "size_alarm": size.network(number) == "n-big",
        }  # fmt: skip


def _matches(size: Size) -> Iterator[Row]:
    for number in range(0, size.sites, 2):
        piece = {
            "query": {"record": _record(number, 2), "file": None, "x": 0, "y": 0, "w": 90, "h": 90},
            "catalogue": {"panel": 1, "x": 0, "y": 0, "w": 90, "h": 90}, "distance": 4, "codes": 9,
        }  # fmt: skip
        yield {
            "site": size.name(number), "work": f"W-{number % 30:04d}", "unit": str(number % 7), "language": "ko",
            "page": _record(number), "score": 0.999, "answer": "match", "licensed": False, "mirrored": False,
            "medium": "strip", "panels": 1, "panels_of": 9, "pieces": [piece] * 5,
        }  # fmt: skip


def _services(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        when = START + timedelta(hours=number % 5_000)
        yield {"service": f"s-{number // 4}", "site": size.name(number), "role": "current", "from": when, "to": when}


def _flows(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        for payer in (f"payer-{number % 90}.example", "readers"):
            yield {
                "payer": payer, "intermediary": f"account:{number // 3}", "payee": size.name(number),
                "network": size.network(number), "basis": "inferred", "records": [_record(number)],
            }  # fmt: skip


def _assessments(size: Size) -> Iterator[Row]:
    for number in range(size.sites):
        criteria = [{"criterion": "serves-works", "met": True, "records": [_record(number)]}]
        level = ("all", "most", "some", "none")[number % 4]
        yield {"site": size.name(number), "service_kind": "strip-reader", "level": level, "criteria": criteria}


def _successors(size: Size) -> Iterator[Row]:
    for number in range(0, size.sites - 1, 10):
        yield {
            "site": size.name(number + 1), "predecessor": size.name(number), "probability": 0.9,
            "reasons": _reasons(number, 5_000), "impostor": False,
        }  # fmt: skip


def pages(size: Size) -> dict[str, str]:
    """One address of every kind of page that grows with the run."""
    site, other, small = size.name(5), size.name(6), f"n-{(size.big + 800) // 40:05d}"
    return {
        "overview": "/", "sites": "/sites", "sites filtered": "/sites?level=all&sort=last&state=content",
        "sites of a network": "/sites?network=n-big&sort=signals", "site": f"/sites/{site}",
        "signals of a site": f"/sites/{site}?view=signals", "links of a site": f"/sites/{site}?view=links",
        "history of a site": f"/sites/{site}?view=history", "link": f"/links?a={site}&b={other}",
        "rare signal": "/signals?kind=email&value=email:1-2",
        "common signal": "/signals?kind=language-declared&value=ko",
        "networks": "/networks", "network": f"/networks/{small}", "network picture": f"/networks/{small}/nodes.json",
        "large network": "/networks/n-big", "large graph": "/networks/n-big?view=graph",
        "large picture": "/networks/n-big/nodes.json", "large reasons": "/networks/n-big?view=reasons",
        "large timeline": "/networks/n-big?view=timeline", "large money": "/networks/n-big?view=money",
        "payer": "/networks/n-big?view=money&payer=payer-3.example",
        "large choke points": "/networks/n-big?view=chokepoints",
        "choke point": "/networks/n-big?view=chokepoints&kind=ad-zone&resource=ad-zone",
        "large operators": "/networks/n-big?view=operators", "large judgements": "/networks/n-big?view=judgements",
        "large line of time": "/networks/n-big/timeline.svg", "money": f"/networks/{small}?view=money",
        "operators": f"/networks/{small}?view=operators", "judgements": f"/networks/{small}?view=judgements",
        "timeline": f"/networks/{small}?view=timeline", "services": "/sites?group=service",
        "sites of a service": "/sites?service=s-3",
        "works": "/works", "work": "/works/W-0002", "search": "/search?q=site-0123",
        "search common": "/search?q=example",
        "search two letters": "/search?q=si", "search nothing": "/search?q=zzqqzz",
    }  # fmt: skip


def medians(size: Size, turns: int = 3) -> dict[str, float]:
    """Median seconds that the server works on each kind of page, and on pages far down a list."""
    return {name: statistics.median(taken) for name, taken in timed(size, turns).items()}


def slowest(taken: list[float]) -> float:
    """What nineteen of twenty stay under."""
    return sorted(taken)[max(0, -(-len(taken) * 19 // 20) - 1)]


def timed(size: Size, turns: int) -> dict[str, list[float]]:
    """Seconds of each turn of each page.

    Time of this process, not of the clock: how busy the machine is with other things is not the question.
    """
    from django.test import Client
    from selectolax.lexbor import LexborHTMLParser

    client = Client(headers={"host": "localhost"})
    addresses, found = pages(size), dict[str, list[float]]()
    for name in ("sites", "sites of a network", "large network"):
        address = addresses[name]
        for _ in range(3):
            link = LexborHTMLParser(client.get(address).content).css_first("a[rel=next]")
            address = str(link.attributes["href"]) if link else address
        addresses[f"{name}, far down"] = address
    for name, address in addresses.items():
        taken = []
        for _ in range(turns):
            begun = time.process_time()
            answer = client.get(address)
            taken.append(time.process_time() - begun)
            assert answer.status_code == 200, address
        found[name] = taken
    return found


def main() -> None:
    from tests.web.conftest import show_file  # isort: skip  it sets Django up
    from marque.web.loading import database
    from marque.web.loading.titles import Title

    folder, size = Path(sys.argv[1]), Size(*map(int, sys.argv[2:3]))
    begun = time.perf_counter()
    run = build(folder / "runs" / RUN, size)
    print(f"written in {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    place = database.prepare(folder / "cache", run, {"W-0002": Title({"ko": "달빛", "en": "Moon"})})
    print(f"loaded in {time.perf_counter() - begun:.1f} s, {place.stat().st_size / 1e6:.0f} MB")
    show_file(place)
    import marque.web.wsgi  # noqa: F401  as the server begins

    for name, taken in timed(size, 20).items():
        print(f"{statistics.median(taken) * 1000:8.0f} {slowest(taken) * 1000:8.0f} ms  {name}")


if __name__ == "__main__":
    main()
