"""Which novel, story or chapter a text is of: read, folded, fingerprinted by its own passages, found again in order."""
