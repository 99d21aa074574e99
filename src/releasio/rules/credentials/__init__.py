"""Tokens, passwords, and how they are kept out of sight."""
