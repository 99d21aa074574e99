from __future__ import annotations

import pytest

from releasio.rules.project.setup_files import cfg_value, read_setup_py


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("from setuptools import setup\nsetup(name='demo', version='1.4.2')\n", "demo", "1.4.2"),
        ("NAME = 'demo'\nsetuptools.setup(name=NAME, version='1.4.2')\n", "demo", "1.4.2"),
        ("setup(name=NAME, version=read())\n", "", ""),
        ("if True:\n    setup(name='demo')\n", "demo", ""),
        ("\ufeffsetup(name='demo', **more)\n", "demo", ""),
    ],
)
def test_what_is_written_is_read_and_nothing_is_run(text: str, name: str, version: str) -> None:
    call = read_setup_py(text)

    assert call is not None
    assert (name, version) == (call.text("name"), call.text("version"))


@pytest.mark.parametrize("text", [None, "", "print('no package')\n", "setup(\n", "(" * 100_000])
def test_a_file_without_a_call_says_nothing(text: str | None) -> None:
    assert read_setup_py(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[metadata]\nname = demo\nversion = 1.4.2\n", "1.4.2"),
        ("[metadata]\nversion: attr: demo.__version__\n", "attr: demo.__version__"),
        ("[metadata]\nname = demo\n", ""),
        ("[flake8]\nmax-line-length = 100\n", ""),
        ("no section\n", ""),
        ("[metadata]\nversion = 100%\n", "100%"),
        (None, ""),
    ],
)
def test_options_of_setup_cfg(text: str | None, expected: str) -> None:
    assert expected == cfg_value(text, "metadata", "version")
