import pathlib
import subprocess

from setuptools import setup


def version():
    kept = pathlib.Path("PKG-INFO")
    if kept.is_file():  # in an sdist
        lines = kept.read_text(encoding="utf-8").splitlines()
        return next(line[9:] for line in lines if line.startswith("Version: "))
    return subprocess.check_output(["git", "describe"], text=True).strip()[1:]


setup(version=version())
