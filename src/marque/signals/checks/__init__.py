"""Is the value what it claims to be: checksums and canonical forms."""
