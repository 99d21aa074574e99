"""Changelogs in AsciiDoc."""
