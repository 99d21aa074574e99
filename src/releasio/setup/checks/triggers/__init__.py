"""When publishing starts, and what its jobs do besides."""
