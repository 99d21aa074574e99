from setuptools import setup

setup(
    name="demo",
    version="1.2.0",
    classifiers=[
        "Programming Language :: Python :: 3.12"
        "Programming Language :: Python :: 3.13",
    ],
)
