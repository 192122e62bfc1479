"""Workspace, lock, run digest and the whole pipeline."""
