import pathlib
import re

from setuptools import setup

text = pathlib.Path("demo/__init__.py").read_text(encoding="utf-8")
version = re.search(r"^__version__ = ['\"]([^'\"]*)['\"]", text, re.M).group(1)

setup(name="demo", version=version, packages=["demo"])
