"""Walking a served application: real server on loopback, every link once, failures counted."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from marque.bench import visit
from marque.errors import WrongUsage

PAGES = {
    "/": b'<a href="/a">a</a> <a href="b?x=1#top">b</a> <a href="https://other.example/">c</a> <a href="/a">a</a>',
    "/a": b'<a href="/">home</a>',
    "/b?x=1": b'<a href="/gone">gone</a>',
    "/healthz": b"ok",
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_page_is_asked_once_and_only_ours(address: str) -> None:
    assert [(seen.path, seen.status) for seen in visit.walk(address)] == [
        ("/", 200), ("/a", 200), ("/b?x=1", 200), ("/gone", 404),
    ]  # fmt: skip


def test_the_walk_is_bounded(address: str) -> None:
    assert len(visit.walk(address, most=2)) == 2


def test_a_failed_page_fails_the_visit_and_is_named(address: str) -> None:
    answer = CliRunner().invoke(visit.command, [address])
    assert answer.exit_code == 1
    assert "4 pages asked, 1 failed" in answer.output
    assert "404 /gone" in answer.output


def test_other_hosts_are_never_asked() -> None:
    with pytest.raises(WrongUsage):
        visit.walk("http://192.0.2.1/")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(WrongUsage):
        visit.wait("http://127.0.0.1:9/", patience=0.2)
