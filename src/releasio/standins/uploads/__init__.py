"""What the index takes, and how it judges it."""
