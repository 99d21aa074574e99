"""A project that exists to be released."""
from demo._version import version as __version__
