"""Film: fingerprints of what its frames show, and which catalogued film or episode a file contains."""
