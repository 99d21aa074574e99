import versioneer
from setuptools import setup

setup(
    name="demo",
    version=versioneer.get_version(),
    cmdclass=versioneer.get_cmdclass(),
    packages=["demo"],
)
