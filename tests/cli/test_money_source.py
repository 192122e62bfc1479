"""Asking a ledger server: a real one on loopback, and servers that drip, redirect, lie or hang up."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from marque.cli import ledger_http
from marque.cli.ledger_http import fetcher, server
from marque.errors import InputRefused, MarqueError, WrongUsage
from tests.cli.calling import marque
from tests.money.ledger.chains import btc
from tests.money.ledger.test_esplora import entry

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the parent's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        served.daemon_threads = True
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{served.server_port}/api"
        finally:
            served.shutdown()
            thread.join()


def say(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def ledger(handler: BaseHTTPRequestHandler) -> None:
    rows = [entry(number) for number in range(30)]
    _, _, last = handler.path.partition("/chain/")
    start = [row["txid"] for row in rows].index(last) + 1 if last else 0
    say(handler, json.dumps(rows[start : start + 25]).encode())


def test_an_address_is_brought_in_page_by_page_and_once(tmp_path: Path) -> None:
    with serving(ledger) as base:
        words = ("money", "transactions", "import", tmp_path, "--source", base, "--address", btc(1), "--json")
        first, second = marque(*words), marque(*words)
    assert first.status == second.status == 0
    assert json.loads(first.out) == {"from": f"btc:{btc(1)}", "transactions": 30, "new_sources": 3}
    assert json.loads(second.out)["new_sources"] == 0
    found = marque("money", "wallets", tmp_path, "--address", f"btc:{btc(1)}", "--json")
    assert sum(json.loads(line)["payments"] for line in found.out.splitlines()) == 30


def test_pages_with_foreign_entries_are_named(tmp_path: Path) -> None:
    with serving(lambda handler: say(handler, json.dumps([entry(1), entry(2, to=btc(5)), 7]).encode())) as base:
        done = marque("money", "transactions", "import", tmp_path, "--source", base, "--address", btc(1), "--json")
    assert done.status == 1
    assert "does not touch the address" in done.err
    assert json.loads(done.out)["transactions"] == 1


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    gone = threading.Event()
    try:
        for _ in range(1_000):
            handler.wfile.write(b" ")
            gone.wait(0.05)
    except OSError:
        return


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"[")


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    say(handler, b"", 302, Location="http://127.0.0.1:1/")


def mute(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


BAD = [
    pytest.param(elsewhere, "money.source-status", id="sends on"),
    pytest.param(lambda handler: say(handler, b"no", 500), "money.source-status", id="fails"),
    pytest.param(lambda handler: say(handler, b"x" * 300), "money.source-too-large", id="too large"),
    pytest.param(cut, "money.source-unreachable", id="cut short"),
    pytest.param(mute, "money.source-unreachable", id="hangs up"),
    pytest.param(lambda handler: say(handler, b"", X="y" * 70_000), "money.source-unreachable", id="endless header"),
]


@pytest.mark.parametrize(("answer", "code"), BAD)
def test_a_bad_answer_is_named(answer: Answer, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_http, "MAX_PAGE", 200)
    with serving(answer) as base, pytest.raises(MarqueError) as failed:
        fetcher(server(base))("/x")
    assert failed.value.code == code


def test_an_answer_that_drips_ends_at_the_deadline() -> None:
    with serving(drip) as base:
        try:
            body = fetcher(server(base), deadline=0.3)("/x")
        except MarqueError as failed:
            assert failed.code == "money.source-unreachable"
        else:
            assert len(body) < 100  # what had come; it is no list, and is refused as such


def test_a_server_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with serving(ledger) as base:
        pass
    done = marque("money", "transactions", "import", tmp_path, "--source", base, "--address", btc(1))
    assert done.status == 3
    assert not (tmp_path / "ledger").exists()


ADDRESSES = [
    pytest.param("ftp://x.example", id="another protocol"),
    pytest.param("file:///etc/passwd", id="a file"),
    pytest.param("http://user:key@x.example", id="a user"),
    pytest.param("http://x.example/?a=1", id="a query"),
    pytest.param("http://", id="no host"),
    pytest.param("http://x.example:99999", id="no port"),
    pytest.param("http://x.example/\r\nX: y", id="a line break"),
    pytest.param("127.0.0.1:3002", id="no protocol"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_servers_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(WrongUsage):
        server(address)


@pytest.mark.parametrize(
    ("address", "in_clear"),
    [("http://127.0.0.1:3002", False), ("https://x.example", False), ("http://x.example", True)],
)
def test_asking_in_clear_is_known(address: str, in_clear: bool) -> None:
    assert server(address).in_clear is in_clear


def test_a_page_that_is_no_list_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    with serving(lambda handler: say(handler, b"<html>")) as base:
        done = marque("money", "transactions", "import", tmp_path, "--source", base, "--address", btc(1))
    assert done.status == InputRefused.exit_status
    assert not (tmp_path / "ledger").exists()
