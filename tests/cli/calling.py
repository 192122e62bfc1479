"""Call the command line in this process, the way its entry point does, and keep what it said."""

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from marque.cli.main import main


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


def marque(*words: object) -> Done:
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with (
        mock.patch.object(sys, "argv", ["marque", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    return Done(status, out.getvalue(), err.getvalue())
