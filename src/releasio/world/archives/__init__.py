"""Wheels and sdists, read from an open file as the index reads them; nothing here knows a path."""
