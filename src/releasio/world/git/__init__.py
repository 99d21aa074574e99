"""Git, as the only one who speaks to it."""
