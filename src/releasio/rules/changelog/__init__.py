"""The changelog file: where a section goes and how it looks."""
