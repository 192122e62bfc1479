"""Sound: fingerprints of music and soundtracks, and which catalogued recording a file contains."""
