"""One door for each command: options in, report out."""
