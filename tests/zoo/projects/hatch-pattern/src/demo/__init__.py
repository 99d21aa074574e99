from demo.build import RELEASE as __version__
