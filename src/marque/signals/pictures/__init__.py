"""Captured pictures: decoded apart and within limits, and what they look like at low frequencies (PDQ)."""
