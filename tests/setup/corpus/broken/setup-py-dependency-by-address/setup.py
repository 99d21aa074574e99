from setuptools import setup

setup(
    name="demo",
    version="1.2.0",
    classifiers=["Programming Language :: Python"],
    install_requires=[
        "packaging",
        "helper @ https://github.com/acme/helper/archive/main.zip",
    ],
)
