"""The outside: the only package that starts processes, opens sockets or calls git."""
