"""Other programs, and how they end."""
