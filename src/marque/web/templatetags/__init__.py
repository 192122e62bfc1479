"""What templates may say: words by code, and figures with their doubt."""
