"""What the process that decodes film says: frames, and an end."""

import struct

FRAME, END = 1, 2
PLACE = struct.Struct("<IHH")  # of a frame: milliseconds, rows, columns; its grey pixels follow
LAST = struct.Struct("<I?")  # of the end: milliseconds, and whether the film was cut before its own end

PROBLEMS = (
    "works.film-damaged",
    "works.film-none",
    "works.film-too-large",
    "works.film-needs-av",
)
DAMAGED, NONE, TOO_LARGE, NEEDS_AV = range(len(PROBLEMS))

WIDTH = 480  # pixels that a frame comes in, at most; narrow ones in their own
LEAST_SIDE, TALLEST = 16, 1_920
ROOM = PLACE.size + WIDTH * TALLEST
MAX_SECONDS = 6 * 3_600
MAX_PIXELS = 8_192 * 4_608
