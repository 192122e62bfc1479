"""Processes of our own to share work over. Each begins as a copy of one that has everything imported."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

_IMPORTED = ["marque.runs.recognition"]  # what the work takes: all of reading and matching


def processes(wanted: int | None) -> int:
    """How many work at once: as many as asked for, else as the machine has cores."""
    return max(1, wanted or os.cpu_count() or 1)


def prepare() -> None:
    """Start importing beside the caller, who has other things to do before there is work to share."""
    _context()
    forkserver.ensure_running()


def pool(count: int) -> ProcessPoolExecutor:
    """So many processes."""
    return ProcessPoolExecutor(count, mp_context=_context())


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_IMPORTED)
    return context
