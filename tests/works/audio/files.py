"""Files with sound in several formats, written as others write them."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from marque.works.audio.model import Floats

PIECE = 8_192  # samples: some encoders fail on a long sound given at once


def write(path: Path, sound: Floats, rate: int) -> Path:
    """WAV, FLAC, Ogg or MP3, by the name's ending."""
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    with soundfile.SoundFile(path, "w", rate, channels) as stream:
        for at in range(0, len(sound), PIECE):
            stream.write(sound[at : at + PIECE])
    return path


def write_by_av(path: Path, sound: Floats, rate: int, codec: str = "aac", *, picture: bool = False) -> Path:
    """M4A, Matroska and others, where PyAV is installed; `picture`: with a stream of pictures and no sound."""
    av = pytest.importorskip("av")
    with av.open(str(path), "w") as container:
        if picture:
            film = container.add_stream("mpeg4", rate=10)
            film.width, film.height, film.pix_fmt = 64, 64, "yuv420p"
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux([packet for _ in range(20) for packet in film.encode(frame)] + film.encode(None))
            return path
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        whole = np.ascontiguousarray(sound.T)
        for at in range(0, whole.shape[1], 1_024):
            part = np.ascontiguousarray(whole[:, at : at + 1_024])
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = rate, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
