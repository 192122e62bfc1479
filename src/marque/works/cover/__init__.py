"""Covers: small pictures that say which works a page names. A cover is never a unit, and showing one proves nothing."""
