"""What the decoding process says: short heads, each followed by so many bytes, through one pipe."""

import struct

HEAD = struct.Struct("<II")  # what it is, bytes that follow
BEGIN, SOUND, END, PROBLEM = 1, 2, 3, 4
RATE = struct.Struct("<I")

PROBLEMS = ("works.sound-damaged", "works.sound-none", "works.sound-too-long", "works.sound-needs-av")
DAMAGED, NONE, TOO_LONG, NEEDS_AV = range(len(PROBLEMS))

BLOCK = 1 << 16  # samples in a message, at most
MAX_SECONDS = 6 * 3_600
MAX_CHANNELS = 16
LEAST_RATE, MAX_RATE = 4_000, 384_000
