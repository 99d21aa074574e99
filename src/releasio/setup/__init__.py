"""What must be true before the first release."""
