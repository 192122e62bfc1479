"""A page made of nothing but bait costs bounded memory and time, and the command ends as ever."""

import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 4_000_000
SECONDS, MEGABYTES = 20, 400
# Linux counts what the parent held when it started a child as the child's; so a small parent stands between.
METER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""

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
    command = [sys.executable, "-m", "marque.cli", "signals", str(page)]
    done = subprocess.run([sys.executable, "-c", METER, *command], capture_output=True, text=True, check=True)
    code, seconds, kilobytes = done.stdout.split()
    assert int(code) == 0
    assert float(seconds) < SECONDS
    assert int(kilobytes) < MEGABYTES * 1024
