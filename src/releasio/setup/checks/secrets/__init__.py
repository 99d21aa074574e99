"""Tokens: where they are kept, who sees them, and whether they are needed at all."""
