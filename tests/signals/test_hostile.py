"""A page made of nothing but bait costs bounded memory and time, and the command ends as ever."""

import os
import sys
from pathlib import Path

import pytest

SIZE = 4_000_000
SECONDS, MEGABYTES = 20, 400

BAITS = [
    pytest.param(b"<img ", id="pictures that never end"),
    pytest.param(b"<a href=//x.test><img src=//y.test/1></a>", id="banners"),
    pytest.param(b"a@a.", id="signs of addresses"),
    pytest.param(b"<div class='comments'>", id="comments inside comments"),
    pytest.param(b"<script src=//a.test/1.js></script>", id="scripts"),
    pytest.param(b"wallet 0x52908400098527886E0F7030069857D2E4169EE7 ", id="wallets"),
]


@pytest.mark.slow
@pytest.mark.parametrize("bait", BAITS)
def test_bait_is_cheap(bait: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    head = b"<html><head><link rel=canonical href=https://toon.example/></head><body>"
    page.write_bytes(head + bait * (SIZE // len(bait)))
    quiet = os.open(os.devnull, os.O_WRONLY)
    command = [sys.executable, "-m", "marque.cli", "signals", str(page)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, quiet, 1)])
    _, status, used = os.wait4(child, 0)
    os.close(quiet)
    assert os.waitstatus_to_exitcode(status) == 0
    assert used.ru_utime + used.ru_stime < SECONDS
    assert used.ru_maxrss < MEGABYTES * 1024
