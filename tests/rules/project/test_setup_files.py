from __future__ import annotations

import pytest

from releasio.rules.project.setup_files import SetupFacts, newest_version, read_setup

CFG = b"[metadata]\nname = demo\nversion = 1.4.2\n[options]\npackages = find:\n"
PY = b"from setuptools import setup\nsetup(name='demo', version='1.4.2')\n"


@pytest.mark.parametrize(
    ("cfg", "py", "expected"),
    [
        (CFG, None, SetupFacts("setup.cfg", "demo", "1.4.2")),
        (CFG, b"import setuptools\nsetuptools.setup()\n", SetupFacts("setup.cfg", "demo", "1.4.2")),
        (None, PY, SetupFacts("setup.py", "demo", "1.4.2")),
        (b"[flake8]\nmax-line-length = 100\n", PY, SetupFacts("setup.py", "demo", "1.4.2")),
        (
            b"[metadata]\nname = demo\n",
            b"setup(version='2.0')\n",
            SetupFacts("setup.py", "demo", "2.0"),
        ),
        (
            b"[metadata]\nname = demo\nversion = attr: demo.__version__\n",
            None,
            SetupFacts("setup.cfg", "demo", "", "attr: demo.__version__"),
        ),
        (
            None,
            b"setup(name=NAME, version=read())\n",
            SetupFacts("setup.py", "", "", "worked out there"),
        ),
        (
            None,
            b"setup(name='demo', use_scm_version=True)\n",
            SetupFacts("setup.py", "demo", "", "that of its tags (setuptools-scm)"),
        ),
        (b"[metadata]\nname = demo\n", None, SetupFacts("setup.cfg", "demo", "")),
        (None, None, None),
        (None, b"print('no package')\n", None),
        (None, b"setup(\n", None),
        (None, b"(" * 100_000, None),
        (b"no section\n", None, None),
        (b"\xff[metadata]\n", None, None),
    ],
)
def test_what_is_written_is_read_and_nothing_is_run(
    cfg: bytes | None, py: bytes | None, expected: SetupFacts | None
) -> None:
    assert expected == read_setup({"setup.cfg": cfg, "setup.py": py})


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], ""),
        (["v0.9.0", "v0.10.0", "latest"], "0.10.0"),
        (["1.2.11", "v0.0.8"], "1.2.11"),
        (["demo-v1.2.0", "demo/v1.3.0", "release-1.1"], "1.3.0"),
        (["v1.2.3-test", "nightly-20250101", "v1"], ""),
    ],
)
def test_the_highest_version_of_tags_is_found_in_whatever_form(
    tags: list[str], expected: str
) -> None:
    assert expected == newest_version(tags)
