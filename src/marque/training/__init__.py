"""Synthetic pirate worlds with known truth."""
