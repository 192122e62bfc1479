"""Marks that release groups draw on panels, read by a program for text recognition where a person asks for it."""
