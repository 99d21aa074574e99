"""One file per kind of change: what it is, whether it is done, how to do it."""
