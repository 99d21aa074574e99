"""Where people keep tokens."""
