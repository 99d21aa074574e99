import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

from setuptools import setup

import demo

setup(name="demo", version=demo.__version__, packages=["demo"])
