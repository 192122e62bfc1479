"""Strips drawn by our own code: panels, lettering, and how each site cuts and presses them."""
