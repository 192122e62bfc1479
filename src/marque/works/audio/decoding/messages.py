"""What the process that decodes sound says: a rate, samples, and an end."""

import struct

BEGIN, SOUND, END = 1, 2, 3
RATE = struct.Struct("<I")

PROBLEMS = ("works.sound-damaged", "works.sound-none", "works.sound-too-long", "works.sound-needs-av")
DAMAGED, NONE, TOO_LONG, NEEDS_AV = range(len(PROBLEMS))

BLOCK = 1 << 16  # samples in a message, at most
MAX_SECONDS = 6 * 3_600
MAX_CHANNELS = 16
LEAST_RATE, MAX_RATE = 4_000, 384_000
