from __future__ import annotations

import pytest

from releasio.rules.contents.extras import extra_of_entry_point, extra_with, missing_module

REQUIRES = [
    "requests>=2",
    'typer>=0.9; extra == "cli"',
    "PyYAML; python_version >= '3.8' and extra == 'yaml'",
    'beautifulsoup4; extra == "html"',
    "not a requirement;;",
]


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("typer", "cli"),
        ("typer.main", "cli"),
        ("yaml", "yaml"),
        ("bs4", "html"),
        ("requests", ""),  # its requirement is there, and nothing but broken
        ("demo", ""),
        ("er", ""),
    ],
)
def test_the_extra_that_brings_a_module_is_found_by_names(module: str, extra: str) -> None:
    assert extra == extra_with(module, REQUIRES)


@pytest.mark.parametrize(
    ("tail", "module"),
    [
        (["Traceback", "ModuleNotFoundError: No module named 'typer'"], "typer"),
        (["ModuleNotFoundError: No module named 'a.b'"], "a.b"),
        (["ModuleNotFoundError: No module named 'typer'", "during handling"], ""),
        (["ImportError: cannot import name 'main'"], ""),
        ([], ""),
    ],
)
def test_what_a_program_missed_is_in_its_last_line(tail: list[str], module: str) -> None:
    assert module == missing_module(tail)


@pytest.mark.parametrize(
    ("target", "extra"),
    [("demo.cli:main", ""), ("demo.cli:main [cli]", "cli"), ("demo.cli:main[a, b]", "a, b")],
)
def test_an_entry_point_may_ask_for_an_extra(target: str, extra: str) -> None:
    assert extra == extra_of_entry_point(target)
