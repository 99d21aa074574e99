from .core.info import NUMBER as __version__
