"""Accounts, tokens and trusted publishers of the index."""
