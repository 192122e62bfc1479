"""Bytes in, sealed: readers, vault, log, verify."""
