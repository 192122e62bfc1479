"""The fingerprint of a text file, for a catalogue's unit and for a captured page alike.

What a fingerprint gives away: hashes of short runs of letters are no secret. Whoever has a text can confirm that it is
the one; whoever guesses short runs (every run of four common Chinese characters can be tried) learns which of them
stand where, for the kept ones: about one shingle in eight or nine. Whole sentences do not follow from it, but words and
names may. It is no copy of the work and no way to read it; still it is to be handed to those who need it only.
Hashes are not keyed, because units and queries of different people must be comparable.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from marque.errors import InputRefused
from marque.works.text.extract import MOST_BYTES, extract
from marque.works.text.folding import fold
from marque.works.text.model import TABLE, Extracted
from marque.works.text.shingles import select

DAMAGED = b"marque.damaged"


def fingerprint(path: Path, name: str) -> pa.Table:
    """The table TABLE of a file. Raises InputRefused for what is no text that marque reads."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as reason:
        raise InputRefused("works.text-unreadable", file=name) from reason
    return of_bytes(data, name)


def of_bytes(data: bytes, name: str) -> pa.Table:
    """The table TABLE of a payload. Parts of a book that could not be read are named in the schema's metadata."""
    return of_text(extract(data, name))


def of_text(extracted: Extracted) -> pa.Table:
    """The table TABLE of a text."""
    folded = fold(extracted.text)
    kept = select(folded)
    columns = [
        kept.hashes,
        folded.places[kept.first],
        folded.places[kept.last] + np.uint32(1),
        kept.script,
    ]
    table = pa.Table.from_arrays([pa.array(column) for column in columns], schema=TABLE)
    if not extracted.damaged:
        return table
    damaged = "\n".join(extracted.damaged).encode("utf-8", "replace")
    return table.replace_schema_metadata({**TABLE.metadata, DAMAGED: damaged})
