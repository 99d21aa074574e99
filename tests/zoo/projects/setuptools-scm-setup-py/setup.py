from setuptools import setup

setup(name="demo", use_scm_version=True, packages=["demo"])
