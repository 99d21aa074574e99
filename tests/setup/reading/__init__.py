"""Facts that doctor reads."""
