"""One capture format a file."""
