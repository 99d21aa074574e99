__title__ = "demo"
__version__ = "1.2.0"
__build__ = 0x010200
