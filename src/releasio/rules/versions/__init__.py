"""Versions and the tags that carry them."""
