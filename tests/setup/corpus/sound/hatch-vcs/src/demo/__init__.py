from demo._version import version as __version__
