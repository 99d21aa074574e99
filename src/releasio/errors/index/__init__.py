"""What an index answers, and what it will not take."""
