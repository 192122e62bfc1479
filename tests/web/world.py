"""A small workspace with every table and real bytes, for the tests of the pages. All names in it are invented."""

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from marque.digest import sha256
from marque.evidence import tables
from marque.runs.model import TABLES
from marque.runs.workspace import Workspace
from marque.works.catalogue import Catalogue
from tests.web import pictures, reasons

RUN = "7f" * 32
START = datetime(2026, 11, 2, 4, 12, 33, tzinfo=UTC)

KOREAN = "달빛 검사"
TITLES = {
    "moonlit": {"ko": KOREAN, "en": "The Moonlit Swordsman", "ja": "月光の剣士", "es": "El espadachín lunar"},
    "harbour": {"ko": "항구의 사서", "en": "Harbour Librarian", "ar": "أمين مكتبة الميناء"},
}
HOLDER = "Han Strips"

OPERATOR = (
    "toon-moon.example",
    "luna-toon.example",
    "tsuki-manga.example",
    "toon-moon2.example",
    "webtoon-sea.example",
)
OTHERS = ("gamble-strip.example", "strip-alley.example", "xn--oi2b11vp1o.example", "reader-licensed.example",
          "fan-notes.example", "parked-name.example", "xn--on-0mc0a.example")  # fmt: skip
EMAIL, WALLET, TAG = "desk@moonmail.example", "TXyz9hGkLmNoPqRsTuVwXyZaBcDeFgHiJk", "UA-5512345-1"
CHANNEL, BYSTANDER = "telegram:moonlight_notice", "reader77@mail.example"


@dataclass(frozen=True, slots=True)
class World:
    """A workspace on disk and the rows it was made of."""

    folder: Path
    run: Path
    catalogue: Path
    rows: Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Response:
    """One captured answer, before it is written."""

    site: str
    uri: str
    body: bytes
    media_type: str
    verdict: str
    time: datetime
    page: int | None  # ordinal of the page it was loaded for


def html(site: str, language: str, number: int) -> bytes:
    """A page of a reader site, with the operator's signals where the site is one of the operator's."""
    own = (
        f'<script>ga("create", "{TAG}", "auto")</script>\n<a href="https://t.me/moonlight_notice">주소 안내</a>\n'
        f"<p>Ads: {EMAIL}</p>\n<p>TRX {WALLET}</p>\n"
        if site in OPERATOR
        else '<p>Read here: nothing else.</p>\n<script src="/theme.js"></script>\n'
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{site} {number}</title></head>\n'
        f"<body><h1>{KOREAN}</h1>\n{own}<div class=comment>contact me: {BYSTANDER}</div>\n"
        f'<img src="/strip/{number}.png"></body></html>\n'
    ).encode()


def responses(site: str, place: int) -> list[Response]:
    """What one capture of one site holds: pages, a strip, a challenge."""
    language = ("ko", "es", "ja", "ko", "en")[place % 5]
    found: list[Response] = []
    for number in range(2):
        time = START + timedelta(days=place, hours=number)
        verdict = {"parked-name.example": "parked", "strip-alley.example": "challenge"}.get(site, "content")
        page = len(found)
        found.append(
            Response(
                site, f"https://{site}/ep/{number}", html(site, language, number), "text/html", verdict, time, page
            )
        )
        strip = pictures.strip(site, number)
        found.append(Response(site, f"https://{site}/strip/{number}.png", strip, "image/png", "content", time, page))
    return found


def warc(found: Sequence[Response]) -> tuple[bytes, list[tuple[int, int]]]:
    """A WARC of gzip members, with each member's place."""
    out, places = bytearray(), []
    for number, item in enumerate(found):
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {item.media_type}\r\nContent-Length: {len(item.body)}\r\n\r\n".encode()
            + item.body
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Date: {item.time:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {item.uri}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode()
        member = gzip.compress(head + http + b"\r\n\r\n", mtime=0)
        places.append((len(out), len(member)))
        out += member
    return bytes(out), places


def records(site: str, place: int, sealed: Workspace) -> list[dict[str, object]]:
    """Seal one capture and give the rows of its records."""
    found = responses(site, place)
    data, places = warc(found)
    digest = sealed.vault.put(io.BytesIO(data), "warc", name=f"{site}.warc.gz", who="test", why="test")
    rows: list[dict[str, object]] = []
    for number, (item, (offset, length)) in enumerate(zip(found, places, strict=True)):
        problem = {"code": "evidence.digest-mismatch", "offset": offset, "member": "", "params": []}
        rows.append({
            "record": f"{digest}:{number}", "page": f"{digest}:{item.page}", "source": "workspace", "uri": item.uri,
            "site": site, "host": site, "time": item.time, "status": 200, "media_type": item.media_type,
            "payload_digest": sha256(item.body), "verdict": item.verdict,
            "locator": {"member": "", "offset": offset, "length": length, "coding": "gzip"},
            "problems": [problem] if site == "fan-notes.example" and number == 1 else [],
        })  # fmt: skip
    return rows


_SIGNALS = (
    ("google-analytics", "identity", TAG, "site"),
    ("ad-sales-contact", "identity", EMAIL, "site"),
    ("crypto-address", "payment", WALLET, "site"),
    ("announcement-channel", "identity", CHANNEL, "site"),
    ("email", "identity", BYSTANDER, "bystander"),
    ("page-theme", "page", "theme", "site"),
    ("language-declared", "page", "ko", "site"),
    ("language-declared", "page", "ja", "site"),
    ("language-declared", "page", "es", "site"),
)


def sightings(rows: Sequence[Mapping[str, object]], site: str, place: int) -> list[dict[str, object]]:
    """What the pages of one site show, each with its true span."""
    found = []
    for row, item in zip(rows, responses(site, place), strict=True):
        if item.media_type != "text/html" or item.verdict != "content":
            continue
        for kind, family, value, role in _SIGNALS:
            needle = value.removeprefix("telegram:").encode()
            if kind == "language-declared":
                needle = f'lang="{value}"'.encode()
            start = item.body.find(needle)
            if start < 0:
                continue
            found.append({
                "site": site, "host": site, "page": row["page"], "source": "workspace", "kind": kind, "family": family,
                "value": value, "role": role, "record": row["record"], "part": "payload", "start": start,
                "end": start + len(needle), "extractor": kind, "version": 1, "time": row["time"],
            })  # fmt: skip
    return found


def build(folder: Path) -> World:
    """Write the workspace: sealed captures, a run with every table, the name of the current run, and a catalogue."""
    found: dict[str, list[Mapping[str, object]]] = {name: [] for name, _ in TABLES}
    pages: dict[str, str] = {}
    folder.mkdir(parents=True, exist_ok=True)
    Workspace.init(folder / "workspace")
    with Workspace.writing(folder / "workspace", "test") as sealed:
        for place, site in enumerate((*OPERATOR, *OTHERS)):
            made = records(site, place, sealed)
            pages[site] = str(made[0]["record"])
            found["records"] += made
            found["sightings"] += sightings(made, site, place)
    found |= reasons.tables(OPERATOR, OTHERS, pages, START)
    return World(folder / "workspace", write(folder / "workspace", found), catalogue(folder), found)


def catalogue(folder: Path) -> Path:
    """A catalogue with both works: thumbnails of one of them only."""
    made = Catalogue.create(folder / "catalogue")
    for work, titles in TITLES.items():
        strip = folder / f"{work}.png"
        strip.write_bytes(pictures.strip("original", 0) if work == "moonlit" else pictures.other())
        for language in ("ko", "es", "ja"):
            made.add(work, f"{work}-01", language, titles, HOLDER, (strip,), thumbnails=work == "moonlit")
    return folder / "catalogue"


def write(folder: Path, found: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """The tables as a run folder of a workspace."""
    run = folder / "runs" / RUN
    run.mkdir(parents=True, exist_ok=True)
    for name, schema in TABLES:
        tables.write(run / f"{name}.parquet", tables.of_rows(schema, found[name]))
    (run / "model.json").write_text(json.dumps({"tested-on": "synthetic"}), "utf-8")
    (run / "inputs.json").write_text(json.dumps({"catalogue": "c4" * 32}), "utf-8")
    (run / "failed.json").write_text("{}", "utf-8")
    (folder / "runs" / "current").write_text(RUN + "\n", "ascii")
    return run
