"""A project that exists to be released."""
__version__ = "1.2.0"
