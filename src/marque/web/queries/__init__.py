"""What the pages ask of the embedded file, one noun a module."""
