"""Credential sources, asked in turn, each answering with its reason."""
