"""Walk the application's own pages as a served process: every link from the first page, each asked once, timed.

`python -m marque.bench.visit http://127.0.0.1:8000/` waits until the server answers, follows links on the same host,
and ends with 1 where a page failed. It asks loopback only, and stops at a bounded number of pages.
"""

import http.client
import time
from collections import deque
from dataclasses import dataclass
from statistics import median
from urllib.parse import urljoin, urlsplit

import click
from selectolax.lexbor import LexborHTMLParser

from marque.errors import WrongUsage

MOST_PAGES = 400
PATIENCE = 30.0  # seconds until the server must answer


@dataclass(frozen=True, slots=True)
class Visit:
    """One page asked for: its path, the status that came back, and how long that took in milliseconds."""

    path: str
    status: int
    milliseconds: float


def walk(address: str, most: int = MOST_PAGES) -> list[Visit]:
    """Every page that can be reached from `address` by links, breadth first, at most `most`."""
    start = urlsplit(address)
    if start.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise WrongUsage("bench.loopback-only", address=address)
    visits: list[Visit] = []
    waiting, seen = deque([start.path or "/"]), {start.path or "/"}
    while waiting and len(visits) < most:
        path = waiting.popleft()
        visit, body = _ask(start.hostname, start.port or 80, path)
        visits.append(visit)
        for link in _links(address, path, body):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return visits


def _ask(host: str, port: int, path: str) -> tuple[Visit, bytes]:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    html = (answer.getheader("Content-Type") or "").startswith("text/html")
    return Visit(path, answer.status, (time.perf_counter() - begun) * 1000), body if html else b""


def _links(address: str, path: str, body: bytes) -> list[str]:
    if not body:
        return []
    found = []
    for node in LexborHTMLParser(body).css("a[href]"):
        target = urlsplit(urljoin(urljoin(address, path), node.attributes.get("href") or ""))
        if target.netloc == urlsplit(address).netloc:
            found.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def wait(address: str, patience: float = PATIENCE) -> None:
    """Return when the server's health page answers; give up after `patience` seconds."""
    target = urlsplit(address)
    until = time.monotonic() + patience
    while True:
        try:
            if _ask(target.hostname or "", target.port or 80, "/healthz")[0].status == http.client.OK:
                return
        except OSError:
            pass
        if time.monotonic() > until:
            raise WrongUsage("bench.no-answer", address=address)
        time.sleep(0.1)


@click.command()
@click.argument("address")
@click.option("--most", default=MOST_PAGES, show_default=True, help="ask at most this many pages")
def command(address: str, most: int) -> None:
    """Walk the pages of a server on this machine and print how it answered."""
    wait(address)
    visits = walk(address, most)
    failed = [visit for visit in visits if visit.status >= http.client.BAD_REQUEST]
    times = sorted(visit.milliseconds for visit in visits)
    click.echo(
        f"{len(visits)} pages asked, {len(failed)} failed; median {median(times):.0f} ms, slowest {times[-1]:.0f} ms"
    )
    for visit in failed:
        click.echo(f"  {visit.status} {visit.path}")
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    command()
