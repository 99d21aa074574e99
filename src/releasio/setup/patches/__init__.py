"""Edits of one value, and what a patch does besides."""
