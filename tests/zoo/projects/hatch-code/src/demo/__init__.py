"""A project that exists to be released."""
VERSION: str = '1.2.0'  # of the package
__version__ = VERSION
