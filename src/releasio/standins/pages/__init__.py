"""What the index shows."""
