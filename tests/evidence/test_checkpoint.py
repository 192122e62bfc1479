"""Checkpoints are read exactly as written, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.evidence.checkpoint import Checkpoint, parse, parse_note

SOUND = Checkpoint("marque-log/00", 7, bytes(32))


@given(st.text("abc/-.", min_size=1), st.integers(0, 2**63), st.binary(min_size=32, max_size=32))
def test_written_and_read(origin: str, size: int, root: bytes) -> None:
    assert parse(Checkpoint(origin, size, root).text()) == Checkpoint(origin, size, root)


TEXT = SOUND.text()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(TEXT[:-1], id="no last line feed"),
        pytest.param(TEXT + b"\n", id="a line too many"),
        pytest.param(TEXT.replace(b"7", b"007"), id="size 007"),
        pytest.param(TEXT.replace(b"7", b"-7"), id="negative size"),
        pytest.param(TEXT.replace(b"7", b"+7"), id="signed size"),
        pytest.param(TEXT.replace(b"7", b" 7"), id="blank before the size"),
        pytest.param(TEXT.replace(b"7", "\u0667".encode()), id="digits of another script"),
        pytest.param(TEXT.replace(b"7", b"9" * 5000), id="endless size"),
        pytest.param(TEXT.replace(b"\n", b"\r\n"), id="other line ends"),
        pytest.param(TEXT.replace(b"AAA=", b"AAB="), id="root spelt otherwise"),
        pytest.param(b"x\n7\nAAAA\n", id="short root"),
        pytest.param(TEXT.replace(b"marque-log/00", b""), id="no origin"),
        pytest.param(b"\xff\xfe" + TEXT, id="no text"),
    ],
)
def test_anything_else_is_refused(text: bytes) -> None:
    with pytest.raises(InputRefused, match="checkpoint-unreadable"):
        parse(text)


def test_only_a_note_may_be_signed() -> None:
    note = TEXT + b"\n\xe2\x80\x94 marque-log/00 AAAA\n"
    assert parse_note(note) == parse_note(TEXT) == SOUND
    with pytest.raises(InputRefused):
        parse(note)
