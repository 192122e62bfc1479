"""The invented site, served on loopback as a proxy serves: any host name is answered here, and nothing goes out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.producers.pages import ANSWERS, Served

_CHUNK = 701


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        address = self.path if "://" in self.path else f"http://{self.headers['Host']}{self.path}"
        served = ANSWERS.get(address.partition("?")[0], Served(b"none", "text/plain", 404))
        wire = served.wire
        self.send_response(served.status)
        for name, value in served.headers:
            self.send_header(name, value)
        if served.status != 304:
            self.send_header("Content-Type", served.media_type)
        if served.coding:
            self.send_header("Content-Encoding", served.coding)
        if served.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif served.status != 304:
            self.send_header("Content-Length", str(len(wire)))
        self.end_headers()
        if body and served.status != 304:
            self.wfile.write(_chunks(wire) if served.chunked else wire)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Quiet."""


def _chunks(wire: bytes) -> bytes:
    parts = [wire[at : at + _CHUNK] for at in range(0, len(wire), _CHUNK)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


@contextmanager
def serving() -> Iterator[str]:
    """The address of the proxy that answers for every host of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
