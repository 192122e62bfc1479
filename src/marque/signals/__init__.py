"""Capture to signals: one family a file, vendors as data rows."""
