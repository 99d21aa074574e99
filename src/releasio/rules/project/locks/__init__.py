"""The project in lock files: its own entries, and the tools that can tell whether they fit."""
