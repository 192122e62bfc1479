"""What fingerprints, matches and rights are, and the columns of their tables."""

import pyarrow as pa

SCHEMA_VERSION = 1
ASKED_VERSION = 2  # of what a page asks beyond the places a catalogue keeps: catalogues stay comparable
FINGERPRINT_VERSION = 2  # of the pixel path and the patches: fingerprints of another version are not comparable
VOTES_VERSION = 2  # of what a code may say (votes.py): an index keeps the votes it was made with

MATCH, UNSURE = "match", "unsure"


def _schema(name: str, columns: list[tuple[str, pa.DataType]], version: int = SCHEMA_VERSION) -> pa.Schema:
    return pa.schema(columns, metadata={"marque.table": name, "marque.version": str(version)})


_RECTANGLE = [(name, pa.int32()) for name in ("x", "y", "w", "h")]
_STRETCH = [(name, pa.float64()) for name in ("start", "end")]  # seconds of sound and film, characters of text
_QUERY = pa.struct([("record", pa.string()), ("file", pa.string()), *_RECTANGLE, *_STRETCH])
_CATALOGUE = pa.struct([("panel", pa.int32()), *_RECTANGLE, *_STRETCH])
_PIECE = pa.struct([("query", _QUERY), ("catalogue", _CATALOGUE), ("distance", pa.int32()), ("codes", pa.int32())])

MATCHES = _schema(
    "matches",
    [
        ("site", pa.string()),
        ("work", pa.string()),
        ("unit", pa.string()),
        ("language", pa.string()),
        ("page", pa.string()),
        ("score", pa.float64()),
        ("answer", pa.string()),
        ("licensed", pa.bool_()),
        ("mirrored", pa.bool_()),  # the page shows the pictures mirrored
        ("panels", pa.int32()),  # panels (or parts, in other media) of the unit seen on the page
        ("panels_of", pa.int32()),  # panels (parts) the unit has in the catalogue
        ("medium", pa.string()),
        ("titled", pa.string()),  # the title by which the page names the work; supports nothing by itself
        ("pieces", pa.list_(_PIECE)),
    ],
    version=2,
)

# One row a patch, in the page's reading order; a picture without patches has one row without code, a picture that
# could not be read one with the code of its `problem` and nothing else.
# Places are strip units (strip.py); `scale` is the picture's own pixels per strip unit.
FINGERPRINTS = _schema(
    "fingerprints",
    [
        ("site", pa.string()),
        ("page", pa.string()),
        ("time", pa.timestamp("us", tz="UTC")),  # of the page
        ("order", pa.int32()),  # the picture's place in reading order
        ("record", pa.string()),
        ("file", pa.string()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("top", pa.float32()),
        ("bottom", pa.float32()),
        ("x", pa.float32()),
        ("y", pa.float32()),
        ("size", pa.float32()),
        ("angle", pa.float32()),
        ("code", pa.binary(32)),
        ("mirrored", pa.binary(32)),
        ("problem", pa.string()),
    ],
)

UNIT_PATCHES = _schema(
    "unit-patches",
    [
        ("panel", pa.int32()),
        ("x", pa.float32()),
        ("y", pa.float32()),
        ("size", pa.float32()),
        ("angle", pa.float32()),
        ("code", pa.binary(32)),
    ],
)

# The right to show a work at an outlet (site, account, reseller). Empty territory, language or dates: no limit stated.
RIGHTS = _schema(
    "rights",
    [
        ("work", pa.string()),
        ("holder", pa.string()),
        ("territory", pa.string()),
        ("language", pa.string()),
        ("outlet", pa.string()),
        ("from", pa.date32()),
        ("to", pa.date32()),
    ],
)
