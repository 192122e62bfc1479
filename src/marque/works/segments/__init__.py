"""Segments: immutable blocks of codes with the tables that find them, and the file they are kept in."""
