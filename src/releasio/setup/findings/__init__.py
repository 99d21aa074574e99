"""What doctor can find, by topic."""
