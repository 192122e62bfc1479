"""Networks to who is paid, by whom, in ranges."""
