"""One file for each tool whose settings are read."""
