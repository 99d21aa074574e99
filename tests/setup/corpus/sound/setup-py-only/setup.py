from setuptools import setup

setup(
    name="demo",
    version="1.2.0",
    packages=["demo"],
    long_description=open("README.md").read(),
    long_description_content_type="text/markdown",
)
