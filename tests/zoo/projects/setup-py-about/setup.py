import os

from setuptools import setup

about = {}
here = os.path.abspath(os.path.dirname(__file__))
with open(os.path.join(here, "demo", "__version__.py"), encoding="utf-8") as f:
    exec(f.read(), about)

setup(name="demo", version=about["__version__"], packages=["demo"])
