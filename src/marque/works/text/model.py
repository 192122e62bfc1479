"""What the fingerprint of a text is: selected shingles of its folded characters, and where they stand.

A row is a shingle: a short run of folded characters (shingles.py). It says nothing about who wrote the text.
What can be learned from a fingerprint is said in fingerprint.py.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

VERSION = 1  # of reading, folding, shingles and selection: fingerprints of another version are not comparable

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]

# The scripts a shingle may begin in; the number says how long it is, and how much text makes a page.
LETTERS, SYLLABLES, HAN = 0, 1, 2
# Characters of a small printed page, spaces and all, by script (docs/decisions/0015-text-by-shared-passages.md).
PAGES = {LETTERS: 1_200, SYLLABLES: 600, HAN: 480}

TABLE = pa.schema(
    [
        ("hash", pa.uint32()),
        ("start", pa.uint32()),  # characters of the extracted text
        ("end", pa.uint32()),
        ("script", pa.uint8()),
    ],
    metadata={"marque.table": "text-fingerprint", "marque.version": str(VERSION)},
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file as its reader sees it. `damaged` names parts of a book that could not be read."""

    text: str
    damaged: tuple[str, ...] = ()
