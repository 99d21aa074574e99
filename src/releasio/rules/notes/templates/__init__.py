"""Notes by the project's own template."""
