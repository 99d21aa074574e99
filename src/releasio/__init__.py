"""From commits to a verified package on the index, by one plan that is previewed and executed."""

__version__ = "3.0.0.dev0"
