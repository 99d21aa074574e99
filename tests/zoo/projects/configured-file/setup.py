import runpy

from setuptools import setup

setup(version=runpy.run_path("demo/build_info.py")["INFO"]["release"])
