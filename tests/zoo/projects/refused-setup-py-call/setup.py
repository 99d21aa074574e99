from setuptools import setup


def version():
    return ".".join(["1", "2", "0"])


setup(name="demo", version=version(), packages=["demo"])
