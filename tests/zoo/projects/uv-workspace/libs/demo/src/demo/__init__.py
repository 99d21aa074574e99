"""A project that exists to be released."""
