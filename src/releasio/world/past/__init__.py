"""The repository as it was earlier."""
