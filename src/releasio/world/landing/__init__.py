"""Bring the clone to its release, file by file, whatever dies meanwhile."""
