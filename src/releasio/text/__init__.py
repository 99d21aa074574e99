"""Words made safe: for a terminal, a shell, a document."""
