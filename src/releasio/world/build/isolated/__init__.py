"""Builds in environments of their own: how these are made, and what is done in them."""
