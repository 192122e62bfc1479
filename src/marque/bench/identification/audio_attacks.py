"""What is done to sound before it is asked about, each by own code, from what players, sites and pirates do.

An attack takes and gives n x 2 samples at the material's rate; the random generator makes it repeatable.
"""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.bench.identification.audio_material import RATE, Random, Sound

Spectrum = npt.NDArray[np.floating[Any]]
Attack = Callable[[Sound, Random], Sound]


def resampled(sound: Sound, factor: float) -> Sound:
    """Played `factor` times as fast: pitch and tempo move together."""
    at = np.arange(0, len(sound) - 1, factor)
    whole = at.astype(np.int64)
    part = (at - whole)[:, None].astype(np.float32)
    return np.asarray(sound[whole] * (1 - part) + sound[whole + 1] * part, np.float32)


def stretched(sound: Sound, factor: float) -> Sound:
    """`factor` times as fast at the same pitch: a phase vocoder."""
    from scipy.signal import ShortTimeFFT, get_window

    hop, size = 256, 1024
    bands = ShortTimeFFT(get_window("hann", size), hop, RATE, fft_mode="onesided")
    sides = []
    for side in sound.T.astype(np.float64):
        frames = bands.stft(side)
        at = np.arange(0, frames.shape[1] - 2, factor)
        one, two = frames[:, at.astype(int)], frames[:, at.astype(int) + 1]
        part = at - at.astype(int)
        strength = np.abs(one) * (1 - part) + np.abs(two) * part
        turn = np.angle(two) - np.angle(one)
        phase = np.angle(one[:, :1]) + np.cumsum(np.c_[np.zeros(len(one)), turn[:, :-1]], axis=1)
        sides.append(bands.istft(strength * np.exp(1j * phase), k1=int(len(side) / factor)))
    return np.stack(sides, axis=1).astype(np.float32)


def shifted(sound: Sound, factor: float) -> Sound:
    """`factor` times as high at the same tempo."""
    return resampled(stretched(sound, 1 / factor), factor)


def mp3(sound: Sound, kilobits: int, rate: int = 44_100) -> Sound:
    """Through MP3 at a constant bit rate and back."""
    import soundfile

    widest = 320 if rate >= 32_000 else 160
    level = 1 - (kilobits - (32 if rate >= 32_000 else 8)) / (widest - (32 if rate >= 32_000 else 8))
    held = io.BytesIO()
    soundfile.write(
        held, _at_rate(sound, RATE, rate), rate, format="MP3", bitrate_mode="CONSTANT", compression_level=level
    )
    held.seek(0)
    back, _ = soundfile.read(held, dtype="float32", always_2d=True)
    return _at_rate(back, rate, RATE)


def noisy(sound: Sound, random: Random, decibels: float) -> Sound:
    """Under noise with the slope of a room's: as much power as the sound, less `decibels`."""
    white = np.fft.rfft(random.normal(0, 1, len(sound)))
    pink = np.fft.irfft(white / np.sqrt(np.arange(len(white)) + 20), len(sound))
    strength = np.sqrt(np.mean(sound**2) / np.mean(pink**2) / 10 ** (decibels / 10))
    return np.asarray(sound + (strength * pink)[:, None], np.float32)


def spoken_over(sound: Sound, random: Random, decibels: float) -> Sound:
    """Somebody talks: voiced syllables with three moving formants, hisses and pauses."""
    voice = np.zeros(len(sound), np.float64)
    at = 0
    while at < len(voice):
        size = int(random.uniform(0.12, 0.35) * RATE)
        piece = _syllable(random, size)[: len(voice) - at]
        voice[at : at + len(piece)] = piece
        at += size + int(random.choice([0.01, 0.03, 0.4], p=[0.5, 0.35, 0.15]) * RATE)
    strength = np.sqrt(np.mean(sound**2) / np.mean(voice**2) / 10 ** (decibels / 10))
    return np.asarray(sound + (strength * voice)[:, None], np.float32)


def _syllable(random: Random, size: int) -> npt.NDArray[np.float64]:
    edge = np.hanning(size)
    if random.random() < 0.2:
        return np.asarray(0.2 * np.diff(random.normal(0, 1, size + 1)) * edge)
    hertz = random.uniform(90, 220) * np.linspace(1, random.uniform(0.8, 1.2), size)
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    formants = np.array([random.uniform(250, 850), random.uniform(850, 2300), random.uniform(2300, 3200)])
    made = np.zeros(size)
    for number in range(1, int(3500 / hertz.max())):
        near = np.exp(-(((number * hertz.mean() - formants) / 120) ** 2)) * (1.0, 0.5, 0.25)
        made += (near.sum() + 0.02) * np.sin(number * phase)
    return np.asarray(made * edge)


def _filtered(sound: Sound, gain: Callable[[Spectrum], Spectrum]) -> Sound:
    bands = np.fft.rfft(sound, axis=0)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return np.fft.irfft(bands * gain(hertz)[:, None], len(sound), axis=0).astype(np.float32)


def equalised(sound: Sound, random: Random) -> Sound:
    """Bass up, middle down, treble up or the reverse, by up to 12 dB."""
    knots = random.choice([-1, 1]) * np.array([12.0, 4.0, -10.0, -4.0, 10.0])
    octaves = np.log2([60, 250, 1000, 3000, 9000])
    return _filtered(sound, lambda hertz: 10 ** (np.interp(np.log2(hertz + 1), octaves, knots) / 20))


def telephoned(sound: Sound) -> Sound:
    """300 to 3,400 Hz, one channel, 8 bits on a logarithmic scale."""
    thin = _filtered(sound, lambda hertz: 1 / (1 + (300 / (hertz + 1)) ** 8) / (1 + (hertz / 3400) ** 16)).mean(axis=1)
    loud = thin / np.abs(thin).max()
    coded = np.round(127 * np.sign(loud) * np.log1p(255 * np.abs(loud)) / np.log(256)) / 127
    back = np.sign(coded) * (256 ** np.abs(coded) - 1) / 255
    return np.asarray(np.stack([back, back], axis=1), np.float32)


def faded(sound: Sound) -> Sound:
    """In and out over the whole length."""
    return np.asarray(sound * np.hanning(len(sound))[:, None], np.float32)


def clipped(sound: Sound) -> Sound:
    """Too loud by 10 dB."""
    return np.asarray(np.clip(sound / np.sqrt(np.mean(sound**2)) * 0.9, -1, 1), np.float32)


def _at_rate(sound: Sound, rate: int, wanted: int) -> Sound:
    from scipy.signal import resample_poly

    return np.asarray(resample_poly(sound, wanted // 50, rate // 50, axis=0), np.float32)


ATTACKS: tuple[tuple[str, Attack], ...] = (
    ("10 s clip", lambda sound, random: sound),
    ("MP3 64 kb/s", lambda sound, random: mp3(sound, 64)),
    ("MP3 32 kb/s", lambda sound, random: mp3(sound, 32, 22_050)),
    ("pitch +4 %", lambda sound, random: shifted(sound, 1.04)),
    ("pitch -4 %", lambda sound, random: shifted(sound, 1 / 1.04)),
    ("tempo +4 %", lambda sound, random: stretched(sound, 1.04)),
    ("tempo -4 %", lambda sound, random: stretched(sound, 1 / 1.04)),
    ("speed +4 %", lambda sound, random: resampled(sound, 1.04)),
    ("speed -4 %", lambda sound, random: resampled(sound, 1 / 1.04)),
    ("noise, 10 dB", lambda sound, random: noisy(sound, random, 10)),
    ("noise, 5 dB", lambda sound, random: noisy(sound, random, 5)),
    ("speech on top, 10 dB below", lambda sound, random: spoken_over(sound, random, 10)),
    ("speech on top, 3 dB below", lambda sound, random: spoken_over(sound, random, 3)),
    ("quiet by 30 dB", lambda sound, random: np.asarray(np.round(sound * 0.03 * 32767) / 32767, np.float32)),
    ("clipped", lambda sound, random: clipped(sound)),
    ("equaliser", equalised),
    ("fade", lambda sound, random: faded(sound)),
    ("one channel inverted", lambda sound, random: np.asarray(sound * (1, -1), np.float32)),
    ("one channel only", lambda sound, random: np.asarray(sound * (0, 1), np.float32)),
    ("telephone", lambda sound, random: telephoned(sound)),
    ("speed +4 %, noise 10 dB, MP3 64 kb/s", lambda sound, random: mp3(noisy(resampled(sound, 1.04), random, 10), 64)),
)
