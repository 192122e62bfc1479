"""Signals and works to links with reasons, networks and services."""
