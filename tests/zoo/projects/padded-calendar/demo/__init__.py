"""A project that exists to be released."""
__version__ = "2023.09.4"
