from __future__ import annotations

import pytest

from releasio.rules.project.mentions import mentions_in

CRATE = """\
[package]
name = "demo"
version = "»1.2.0«" # ours

[dependencies]
serde = { version = "1.2.0" }
"""
MESON = """\
# version: '0'
project('demo', 'c',
  default_options: ['version=9'],
  meson_version: '>=1.1',
  version : '»1.2.0«',  # ours
)
dependency('x', version: '>=2')
"""
CITED = """\
cff-version: 1.2.0
version: "»1.2.0«"  # ours
references:
  - version: 1.2.0
"""


def said(name: str, text: str) -> list[str]:
    """Return what the file *name* says with *text*, marked where it says a version."""
    plain = text.replace("»", "").replace("«", "")
    found = mentions_in(name, plain)
    assert all(plain[one.begin : one.end] == one.text for one in found)
    marked = plain
    for one in sorted(found, reverse=True):
        marked = f"{marked[: one.begin]}»{one.text}«{marked[one.end :]}"
    return marked.splitlines()


class TestModules:
    @pytest.mark.parametrize(
        "text",
        [
            '__version__ = "»1.2.0«"\n',
            "'''Docs.'''\r\n__version__: str = '»1.2.0«'  # now\r\n",
            '\ufeff__version__ = version = "»1.2.0«"\n',
            'x = "\u00fc"; __version__ = "»1.2.0«"\n',
            # a fallback, a function's, and text that looks like it
            'try:\n    import v\nexcept ImportError:\n    __version__ = "1.2.0"\n',
            'def f():\n    __version__ = "1.2.0"\n',
            '"""\n__version__ = "1.2.0"\n"""\n',
            '__version__ = "1." "2"\n',
            "__version__ = version('demo')\n",
            '__version__ = "1.2.0\n',
            'other = "1.2.0"\n',
        ],
    )
    def test_say_what_is_assigned_at_the_top_level(self, text: str) -> None:
        assert text.splitlines() == said("src/demo/__init__.py", text)

    @pytest.mark.parametrize("name", ["_version.py", "version.py", "__about__.py"])
    def test_that_are_about_the_version_have_other_names_for_it(self, name: str) -> None:
        text = 'VERSION = "»1.2.0«"\nversion = "»1.2.0«"\n__version__ = VERSION\n'

        assert text.splitlines() == said(f"demo/{name}", text)
        assert "»" not in "".join(said("demo/__init__.py", text.replace("__version__", "name")))


class TestBeside:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("VERSION", "»1.2.0«\r\n"),
            ("VERSION", "v»1.2.0«"),
            ("VERSION", "1.2.0 of yesterday\n"),
            ("Cargo.toml", CRATE),
            ("Cargo.toml", '[workspace.package]\nversion = "»1.2.0«"\n'),
            ("Cargo.toml", "[package]\nversion.workspace = true\n"),
            ("Cargo.toml", "[package\n"),
            ("meson.build", MESON),
            ("meson.build", "project('demo', version: run_command('v').stdout())\n"),
            ("meson.build", "executable('demo', version: '1.2.0')\n"),
            ("docs/conf.py", 'project = "demo"\nversion = "»1.2«"\nrelease = "»1.2.0«"\n'),
            ("CITATION.cff", CITED),
            ("CITATION.cff", "version: »1.2.0«\r\ntitle: demo\r\n"),
        ],
    )
    def test_each_file_in_its_own_form(self, name: str, text: str) -> None:
        assert text.splitlines() == said(name, text)
