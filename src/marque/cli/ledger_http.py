"""Asking a ledger server that the operator names. The only place of `marque money` that opens a connection.

One address, no redirects, no proxies of the environment, an end to how long and how large an answer may be.
"""

import http.client
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from marque import VERSION
from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.money.ledger.esplora import MAX_PAGE, Fetch

TIMEOUT, DEADLINE = 20.0, 120.0  # seconds of silence, and for one answer as a whole
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Server:
    """Where to ask. `in_clear`: whoever sits on the way can read which address somebody looks into."""

    secure: bool
    host: str
    port: int | None
    path: str

    @property
    def in_clear(self) -> bool:
        return not self.secure and self.host not in _LOOPBACK

    def connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        return kind(self.host, self.port, timeout=TIMEOUT)


def server(address: str) -> Server:
    """The server an address names: http or https, a host, perhaps a port and a path; nothing else."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as reason:
        raise WrongUsage("money.source-address", source=address) from reason
    plain = parts.hostname and "@" not in parts.netloc and not parts.query and not parts.fragment
    if parts.scheme not in ("http", "https") or not plain or not address.isascii() or not address.isprintable():
        raise WrongUsage("money.source-address", source=address)
    return Server(parts.scheme == "https", parts.hostname or "", port, parts.path.rstrip("/"))


def fetcher(server: Server, deadline: float = DEADLINE) -> Fetch:
    """What asks this server for one path after the other."""

    def fetch(path: str) -> bytes:
        connection = server.connection()
        try:
            return _answer(connection, server.path + path, deadline)
        except (OSError, http.client.HTTPException) as reason:
            raise MarqueError("money.source-unreachable", host=server.host) from reason
        finally:
            connection.close()

    return fetch


def _answer(connection: http.client.HTTPConnection, path: str, deadline: float) -> bytes:
    connection.connect()
    # A byte every few seconds would pass every timeout: the clock over the whole answer is its own.
    watch = threading.Timer(deadline, _stopping(connection.sock))
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", path, headers={"Accept": "application/json", "User-Agent": f"marque/{VERSION}"})
        with connection.getresponse() as answer:
            if answer.status != http.client.OK:
                raise InputRefused("money.source-status", host=connection.host, status=answer.status)
            body = answer.read(MAX_PAGE + 1)
            if len(body) > MAX_PAGE:
                raise InputRefused("money.source-too-large", host=connection.host, limit=MAX_PAGE >> 20)
            if answer.length:
                raise http.client.IncompleteRead(body, answer.length)
            return body
    finally:
        watch.cancel()


def _stopping(held: socket.socket) -> Callable[[], None]:
    def stop() -> None:
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself

    return stop
