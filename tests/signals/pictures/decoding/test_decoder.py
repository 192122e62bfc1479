"""Pictures decoded in a process of their own: equal to what decoding here gives, whatever happens to the process."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from marque.errors import InputRefused
from marque.signals.pictures import images
from marque.signals.pictures.decoding import decoder as module
from marque.signals.pictures.decoding import messages
from marque.signals.pictures.decoding.decoder import COSTLY, CRASHED, Decoder, Keeper
from marque.signals.pictures.decoding.messages import Answer
from marque.words import known
from tests.signals.pictures.decoding.bombs import NOISE, scans
from tests.works import drawing

PICTURE = drawing.encode(drawing.episode(1)[:900])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"])
def test_gives_what_decoding_here_gives(kind: str) -> None:
    data = drawing.encode(NOISE, kind=kind)
    here = images.decode(data, "x", 360)
    with Decoder() as decoder:
        assert decoder.size(data, "x") == (400, 300)
        there = decoder.decode(data, "x", 360)
    assert (there.width, there.height) == (here.width, here.height)
    assert np.array_equal(there.grey, here.grey)


def test_refusals_name_the_file() -> None:
    with Decoder() as decoder, pytest.raises(InputRefused) as refused:
        decoder.decode(PICTURE[:5_000], "page/007.jpg", 360)
    assert (refused.value.code, refused.value.params["file"]) == ("works.image-damaged", "page/007.jpg")


def test_a_session_has_a_process_of_its_own() -> None:
    seen = []
    for _ in range(2):
        with Decoder() as decoder:
            decoder.size(PICTURE, "x")
            seen.append((id(decoder.keeper), decoder.keeper.decoder))
    assert seen[0][0] == seen[1][0]
    assert seen[0][1] != seen[1][1]


@contextmanager
def killing(keeper: Keeper, times: int, number: int = signal.SIGKILL) -> Iterator[list[int]]:
    """End the decoder of a keeper as soon as it computes, so many times."""
    over, killed = threading.Event(), list[int]()

    def watch() -> None:
        while not over.is_set() and len(killed) < times:
            process = keeper.decoder
            if process and process not in killed and _busy(process):
                with suppress(ProcessLookupError):
                    os.kill(process, number)
                    killed.append(process)
            time.sleep(0.001)

    thread = threading.Thread(target=watch)
    thread.start()
    yield killed
    over.set()
    thread.join()


def _busy(process: int) -> bool:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11]) > 1
    except (OSError, IndexError):
        return False


@pytest.fixture(scope="module")
def slow() -> bytes:
    """A sound picture that takes half a second."""
    return scans(300, 3_000)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_picture_that_ends_the_process_twice_is_named_and_the_rest_goes_on(slow: bytes, number: int) -> None:
    with Decoder() as decoder:
        decoder.size(PICTURE, "x")
        with killing(decoder.keeper, 2, number) as killed, pytest.raises(InputRefused) as refused:
            decoder.decode(slow, "deadly.jpg", 360)
        assert len(killed) == 2
        assert (refused.value.code, refused.value.params["file"]) == (CRASHED, "deadly.jpg")
        assert decoder.decode(PICTURE, "next.jpg", 360).width == 720


def test_a_process_that_was_killed_once_costs_no_picture(slow: bytes) -> None:
    with Decoder() as decoder:
        decoder.size(PICTURE, "x")
        with killing(decoder.keeper, 1) as killed:
            assert decoder.decode(slow, "x", 360).width == 3_000
        assert len(killed) == 1


def test_too_much_computing_is_named_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, slow: bytes) -> None:
    monkeypatch.setattr(module, "LIMIT", 100)
    with Decoder() as decoder:
        with pytest.raises(InputRefused) as refused:
            decoder.decode(slow, "busy.jpg", 360)
        assert refused.value.code == COSTLY
        assert decoder.decode(PICTURE, "x", 360).width == 720


def test_a_process_that_hangs_is_named_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, slow: bytes) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.01)
    with Decoder() as decoder:
        decoder.size(PICTURE, "x")
        with killing(decoder.keeper, 1, signal.SIGSTOP), pytest.raises(InputRefused) as refused:
            decoder.decode(slow, "asleep.jpg", 360)
        assert refused.value.code == COSTLY
        assert decoder.decode(PICTURE, "x", 360).width == 720


def test_a_dead_keeper_is_replaced() -> None:
    with Decoder() as decoder:
        decoder.size(PICTURE, "x")
        os.kill(decoder.keeper._process.pid, signal.SIGKILL)
        assert decoder.decode(PICTURE, "x", 360).width == 720


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param(Answer(0, 0, 720, 900, 10_000_000), id="more rows than the picture has"),
        pytest.param(Answer(0, 0, 0, 0, 0), id="no size"),
        pytest.param(Answer(0, 0, 1, 65_535, 23_592_600), id="more than the shared memory holds"),
        pytest.param(Answer(0, 9, 720, 900, 450), id="an unknown problem"),
        pytest.param(Answer(0, 0, 2**32 - 1, 1, 1), id="too wide"),
    ],
)
def test_answers_no_honest_process_gives_are_not_believed(monkeypatch: pytest.MonkeyPatch, lie: Answer) -> None:
    monkeypatch.setattr(Keeper, "ask", lambda *_: lie)
    with Decoder() as decoder, pytest.raises(InputRefused) as refused:
        decoder.decode(PICTURE, "x", 360)
    assert refused.value.code == CRASHED


def test_a_late_answer_is_not_taken_for_the_next_picture() -> None:
    with Decoder() as decoder:
        keeper = decoder.keeper
        keeper.ask(messages.SIZE, PICTURE, 0)
        keeper._number -= 1  # so the process answers number 1 twice, and the client waits for the second
        keeper.ask(messages.SIZE, PICTURE, 0)
        assert decoder.size(drawing.encode(NOISE), "x") == (400, 300)


def test_large_pictures_leave_no_memory_behind() -> None:
    large = b"GIF" + bytes(30 << 20)
    with Decoder() as decoder:
        with pytest.raises(InputRefused):
            decoder.decode(large, "x", 360)
        assert os.fstat(decoder.keeper._picture).st_blocks * 512 < 1 << 20


def test_nothing_is_started_for_nothing() -> None:
    with Decoder() as decoder:
        assert decoder._keeper is None


@pytest.mark.parametrize("code", [COSTLY, CRASHED, "works.decoding-stopped", "works.decoder-unavailable"])
def test_every_end_has_a_sentence(code: str) -> None:
    assert known(code)
