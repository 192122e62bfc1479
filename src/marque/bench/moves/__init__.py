"""Worlds of sites that moved, invented and real, and how what is said of them is measured."""
