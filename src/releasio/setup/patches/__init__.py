"""Edits of files that mend what doctor finds; every other byte stays."""
