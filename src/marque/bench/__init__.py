"""Benchmarks, with their peers beside them in one run."""
