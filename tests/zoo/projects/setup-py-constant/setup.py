from setuptools import setup

NAME = "demo"
VERSION = "1.2.0"

setup(
    name=NAME,
    version=VERSION,
    packages=["demo"],
    python_requires=">=3.8",
)
