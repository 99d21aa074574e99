from demo.meta import VERSION as __version__
