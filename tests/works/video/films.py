"""Small films for tests, drawn and encoded here; none of it runs without PyAV."""

from collections.abc import Iterator
from pathlib import Path

from marque.bench.identification.video_material import Picture, Work, encode, frames


def work(name: str, series: str | None = None) -> Work:
    return Work(name, series or f"film {name}", 0, None, False)


def shown(name: str, seconds: float, series: str | None = None) -> Iterator[Picture]:
    return frames(work(name, series), 7, seconds)


def film(folder: Path, name: str, pictures: Iterator[Picture], ending: str = "mp4") -> Path:
    return encode(folder / f"{name}.{ending}", pictures)
