"""What an index says, and what is sent to it."""
