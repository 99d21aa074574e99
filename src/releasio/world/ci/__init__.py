"""What a CI job says of itself."""
