"""How much one file, record or payload may cost. What passes a limit is named, never quietly shortened.

The figures are ours: generous for what browsers and crawlers write, small beside what a bomb asks for. Output is
counted while it is made; a declared size is never believed.
"""

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

CHUNK = MIB
"""How much is read from disk at once."""

HEADER = 512 * KIB
"""The longest header block of a record or of an HTTP message; browsers refuse HTTP headers above 256 KiB."""

FIELDS = 2_000
"""The most header fields kept from one block."""

ADDRESS = 64 * KIB
"""The longest target address; longer ones are cut and named."""

PAYLOAD = 64 * MIB
"""The largest payload handed on for analysis; beyond it only the digest is computed."""

LOOK_AHEAD = 8 * MIB
"""How far a reader looks ahead for the end of a record in a stream that cannot be seeked."""

CODINGS = 4
"""The most content codings undone on one payload."""

WINDOW = 27
"""log2 of the largest window a zstd payload may ask for (128 MiB is what `zstd --long` needs; RFC 8878 advises 8)."""

RATIO = 100
"""Output per input byte that is followed to the end once a payload is larger than `PAYLOAD`."""

STREAM_RATIO, STREAM_FREE = 300, GIB
"""A compressed file may unpack to this many times its size, or to this much, whichever is more."""

CAPTURE_RATIO, CAPTURE_FREE = 100, GIB
"""All payloads of a capture together may decode to this much; past it compressed payloads stay undecoded."""

REWIND = 4
"""A damaged file may be searched again for sound members over this many times its own length."""

WAITING, WAITING_BYTES = 64, 32 * MIB
"""How many exchanges, and how many payload bytes, may wait for the page they belong to."""

ADDRESSES = 20_000
"""How many addresses page attribution remembers at once."""

MEMBERS = 100_000
"""The most members of a zip file."""

MEMBER_NAME = 4 * KIB
"""The longest member name of a zip file."""

SIDECAR = MIB
"""The most that is read of a sidecar, or of a saved page's head, to learn its address."""

FILES = 20_000
"""The most files of one saved page."""
