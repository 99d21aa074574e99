"""What the facts have of the forge."""
