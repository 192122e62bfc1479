"""One run's tables into the embedded file the pages read."""
