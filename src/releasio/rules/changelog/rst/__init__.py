"""Changelogs in reStructuredText."""
