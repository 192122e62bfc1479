"""One family of signals a file."""
