"""Film decoded in a process of its own that has given up files, network and most memory."""
