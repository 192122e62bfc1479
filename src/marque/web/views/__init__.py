"""One noun a module: find what is asked for, and answer with a page."""
