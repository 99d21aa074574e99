"""One thin file per command: options in, report out."""
