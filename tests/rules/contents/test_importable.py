"""From a wheel's file list to what its users import and run."""

from __future__ import annotations

import pytest

from releasio.rules.contents.importable import console_scripts, importable_modules, own_modules


class TestImportableModules:
    @pytest.mark.parametrize(
        ("members", "expected"),
        [
            (["demo/__init__.py", "demo/cli.py", "demo/sub/__init__.py"], ["demo"]),
            (["six.py", "six-1.0.dist-info/METADATA"], ["six"]),
            (["_speed.cpython-311-x86_64-linux-gnu.so", "fast/__init__.py"], ["fast"]),
            (["_speed.cp311-win_amd64.pyd"], ["_speed"]),
            (["demo.abi3.so"], ["demo"]),
            (
                ["google/cloud/storage/__init__.py", "google/cloud/storage/blob.py"],
                ["google.cloud.storage"],
            ),
            (["a/__init__.py", "b.py", "tests/__init__.py", "conftest.py"], ["a", "b"]),
            (["tests/__init__.py"], ["tests"]),
            (["foo-stubs/__init__.pyi", "py.typed", "x.pth", "data.txt"], []),
            (["demo-1.0.data/purelib/demo/__init__.py", "demo-1.0.data/scripts/run.py"], ["demo"]),
            ([], []),
        ],
    )
    def test_are_the_outermost_public_ones(self, members: list[str], expected: list[str]) -> None:
        assert expected == list(importable_modules(members))


class TestConsoleScripts:
    def test_are_read_from_their_section_only(self) -> None:
        text = (
            "[gui_scripts]\nwindow = demo:window\n\n"
            "[console_scripts]\n# a comment\ndemo = demo.cli:main\nd=demo:short\n\n"
            "[demo.plugins]\nx = y\n"
        )

        assert {"demo": "demo.cli:main", "d": "demo:short"} == console_scripts(text)

    def test_of_anything_else_are_none(self) -> None:
        assert {} == console_scripts("nothing here")


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (("my_demo", "other"), ("my_demo",)),
        (("other",), ("other",)),
        (("one", "two"), ()),
        (("my.demo",), ("my.demo",)),
        ((), ()),
    ],
)
def test_own_modules_are_called_as_the_project_or_the_only_one(
    modules: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert expected == own_modules(modules, "My-demo")
