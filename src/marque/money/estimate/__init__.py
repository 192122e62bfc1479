"""Gross receipts as a range: what goes in, how it is drawn, what hangs on what. For priority, never for a charge."""
