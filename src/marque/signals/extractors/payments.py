"""Donation and payment pages of vendors. A handle names the account that receives, not the person behind it."""

from marque.signals.rows import load
from marque.signals.vendors import hits

ROWS = load("payments")
find = hits
