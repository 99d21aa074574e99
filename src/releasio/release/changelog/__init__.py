"""What a release says of itself in its changelog."""
