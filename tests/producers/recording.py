"""Let other programs record the invented site."""

import os
import subprocess
import sys
from pathlib import Path

from tests.producers.pages import PANELS, STATS, TOON

WGET = Path("/usr/bin/wget")
SEEDS = tuple(f"http://{TOON}{path}" for path in ("/", "/ko/", "/ko/old", "/ko/1", "/ja/", "/es/", "/gone", "/api"))
_WARCIO = """
import http.client, socket, sys
host, port = sys.argv[1].split("//")[1].split(":")
real = socket.create_connection
socket.create_connection = lambda address, *rest, **more: real((host, int(port)), *rest, **more)
from warcio.capture_http import capture_http
with capture_http(sys.argv[2]):
    for row in sys.argv[3:]:
        method, uri, referrer = row.split(" ")
        name, path = uri.split("//")[1].split("/", 1)
        link = http.client.HTTPConnection(name)
        link.request(method, "/" + path, headers={"Referer": referrer} if referrer != "-" else {})
        link.getresponse().read()
        link.close()
"""


def wget(proxy: str, folder: Path, *options: str, seeds: tuple[str, ...] = SEEDS) -> Path:
    """The WARC file, or the first of them."""
    command = [
        str(WGET), "-q", "-t1", "-T5", "-e", "robots=off", "-e", f"http_proxy={proxy}", "-p", "-r", "-l1", "-H",
        "-D", f"{TOON},{PANELS},{STATS}", f"--warc-file={folder / 'crawl'}", *options, *seeds,
    ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=False, timeout=60, capture_output=True)
    return sorted(folder.glob("crawl*.warc*"))[0]


def warcio(proxy: str, path: Path, rows: list[tuple[str, str, str]]) -> Path:
    """Record method, address and referrer ("-" for none) of each row."""
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-c", _WARCIO, proxy, str(path), *(" ".join(row) for row in rows)]
    subprocess.run(command, check=True, timeout=60, env=environment)
    return path
