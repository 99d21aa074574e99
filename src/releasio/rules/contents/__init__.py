"""What belongs to a release: its files, and what is in them."""
