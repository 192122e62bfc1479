"""Public ledgers of coins: what came in at an address, which addresses spend together, who tagged them."""
