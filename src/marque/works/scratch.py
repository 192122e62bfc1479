"""Decoded pictures set aside on disk while a capture streams by, so that its size does not decide our memory."""

import tempfile
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from marque.signals.pictures.images import Picture


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture set aside: its payload's digest, its own size, and where its grey pixels lie."""

    digest: str
    width: int
    height: int
    offset: int
    columns: int
    rows: int


class Scratch:
    """A nameless temporary file of grey pixels. A picture that many pages show is kept once."""

    def __init__(self) -> None:
        self._stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._kept: dict[str, Kept] = {}
        self._end = 0

    def __enter__(self) -> "Scratch":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stream.close()

    def get(self, digest: str) -> Kept | None:
        """The picture with this payload, if it was set aside before."""
        return self._kept.get(digest)

    def keep(self, digest: str, picture: Picture) -> Kept:
        """Set a picture aside."""
        kept = Kept(digest, picture.width, picture.height, self._end, picture.grey.shape[1], picture.grey.shape[0])
        self._stream.seek(self._end)
        self._stream.write(np.ascontiguousarray(picture.grey).data)
        self._end += picture.grey.size
        self._kept[digest] = kept
        return kept

    def read(self, kept: Kept) -> Picture:
        """The picture again."""
        self._stream.seek(kept.offset)
        grey = np.frombuffer(self._stream.read(kept.rows * kept.columns), np.uint8).reshape(kept.rows, kept.columns)
        return Picture(kept.width, kept.height, grey)
