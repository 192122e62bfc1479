"""Criteria per site, as proposals for a person to assess."""
