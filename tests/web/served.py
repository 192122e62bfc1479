"""The application as a reader meets it: the real command in a process of its own, on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(workspace: Path, catalogue: Path | None = None) -> Iterator[str]:
    """Serve a workspace with `marque serve`; gives the address, and stops the process at the end."""
    works = ["--works", str(catalogue)] if catalogue else []
    call = [sys.executable, "-m", "marque.cli", "serve", str(workspace), "--port", "0", *works]
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:"), process.stderr.read()
            yield address.rstrip("/")
        finally:
            process.terminate()
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
