"""Bombs: each is named, or read at its price; memory and time stay bounded."""

import time
from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.signals.pictures.decoding import decoder as module
from marque.signals.pictures.decoding.decoder import Decoder
from tests.signals.pictures.decoding.bombs import BOMBS

MOST_MEMORY = 500 << 20


def peak(process: int) -> int:
    """The most memory a process has held, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize("name", BOMBS)
def test_is_named_at_a_bounded_price(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 1_000)
    make, wanted = BOMBS[name]
    data, code = make(), None
    with Decoder() as decoder:
        begun = time.monotonic()
        try:
            decoder.decode(data, name, 360)
        except InputRefused as reason:
            code = reason.code
        assert time.monotonic() - begun < 20
        process = decoder.keeper.decoder
        assert process == 0 or peak(process) < MOST_MEMORY
    assert code == wanted
