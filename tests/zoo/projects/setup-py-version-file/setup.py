from setuptools import setup

with open("VERSION") as file:
    VERSION = file.read().strip()

setup(name="demo", version=VERSION, packages=["demo"])
