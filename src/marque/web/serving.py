"""The application as a process: what it is told through the environment, and the server that runs it on loopback."""

import multiprocessing
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from marque.errors import StoreFailure, WrongUsage
from marque.runs.pipeline import read_current
from marque.runs.workspace import read_origin

ADDRESS = "127.0.0.1"
_THREADS = 4
_PATIENCE = 60.0

Progress = Callable[[str, int, int], None]


def prepare(workspace: Path, catalogue: Path | None, progress: Progress = lambda stage, done, total: None) -> Path:
    """Make the embedded file of the current run, and tell Django where everything is. Call before Django is used."""
    read_origin(workspace)
    run = read_current(workspace)
    if run is None:
        raise WrongUsage("web.no-run", path=str(workspace))
    os.environ["DJANGO_SETTINGS_MODULE"] = "marque.web.settings"
    os.environ["MARQUE_WORKSPACE"] = str(workspace.resolve())
    os.environ["MARQUE_CATALOGUE"] = str(catalogue.resolve()) if catalogue else ""
    cache = workspace.resolve() / "cache" / "web"
    os.environ["MARQUE_WEB_DATABASE"] = str(cache / f"{run.name}.sqlite")
    import django

    django.setup()
    from marque.web import catalogue as titles
    from marque.web.loading import database

    named = titles.titles(catalogue) if catalogue else {}
    try:
        return database.prepare(cache, run, named, progress)
    except (OSError, sqlite3.OperationalError) as reason:
        raise StoreFailure("web.cache-failed", path=str(cache), reason=str(reason)) from reason


def free(port: int) -> int:
    """The port itself where it is free, any free one for 0. Raises WrongUsage where something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as reason:
            raise WrongUsage("web.port-taken", port=port) from reason
        return int(probe.getsockname()[1])


def serve(port: int, ready: Callable[[], None]) -> None:
    """Serve until stopped: one worker on loopback only. `ready` is called once it listens.

    The worker is a fresh process: forked from one whose libraries hold threads and locks, it would wait for ever.
    """
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "marque.web.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.on_startup(lambda: threading.Thread(target=_tell, args=(port, ready), daemon=True).start())
    server.serve()


def _tell(port: int, ready: Callable[[], None]) -> None:
    """Call `ready` as soon as somebody answers; the worker opens the port itself, a moment after it starts."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((ADDRESS, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            ready()
            return
