"""Decoding hostile pictures where they can do no harm: a process that may only compute."""
