"""Steps on the forge."""
