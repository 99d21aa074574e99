from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.errors.project.manifest import VersionNotFound
from releasio.rules.project.version_file import set_file_version

NEW = Version("1.3.0rc1")


class TestPython:
    @pytest.mark.parametrize(
        "text",
        [
            '__version__ = "@"\n',
            "__version__ = '@'",
            '__version__: str = "@"  # the version\r\n',
            '__version__: Final[str]="@"\n',
            '"""Docs.\n\n__version__ = "1.2.0"\n"""\n# __version__ = "1.2.0"\n__version__ = "@"\n',
            '__version__ = version = "@"\n',
            "version = __version__ = '@'\n",
            'x = "\u00fc"; __version__ = "@"\n',
            '\ufeff__version__ = "@"\n',
            'if True:\n    __version__ = "@"\nelse:\n    __version__ = "@"\n',
            'other = "1.2.0"\n__version__ = """@"""\n__all__ = ["__version__"]\n',
            'a = 1\x0c\n__version__ = "@"\n',
            'a = "\u2028"\n__version__ = "@"\n',
        ],
    )
    def test_changes_the_assigned_string_and_nothing_else(self, text: str) -> None:
        changed = set_file_version(text.replace("@", "1.2.0"), NEW)

        assert text.replace("@", "1.3.0rc1") == changed

    @pytest.mark.parametrize(
        "text",
        [
            "from importlib.metadata import version\n__version__ = version('demo')\n",
            "__version__ = \n",
            '__all__ = ["__version__"]\n',
            '__version__ = "1." "2"\n',
        ],
    )
    def test_says_so_when_there_is_none(self, text: str) -> None:
        with pytest.raises(VersionNotFound) as caught:
            set_file_version(text, NEW, path="src/demo/__init__.py")

        assert caught.value.message.startswith(
            "src/demo/__init__.py holds no version to change: looked for __version__"
        )
        assert "version.files" in caught.value.hint


class TestPlainFile:
    @pytest.mark.parametrize("text", ["@", "@\n", "@\r\n", "  @\n\n", "v@\n", "\ufeff@\n"])
    def test_changes_the_version_and_nothing_else(self, text: str) -> None:
        assert text.replace("@", "1.3.0rc1") == set_file_version(text.replace("@", "1.2"), NEW)

    def test_says_so_when_it_holds_something_else(self) -> None:
        with pytest.raises(VersionNotFound) as caught:
            set_file_version("demo 1.2\n", NEW, path="VERSION")

        assert caught.value.message == (
            "VERSION holds no version to change: looked for a version and nothing else"
        )


class TestPatterns:
    @pytest.mark.parametrize(
        ("text", "pattern", "expected"),
        [
            ("demo==1.2.0\n", "demo=={version}", "demo==1.3.0rc1\n"),
            ("demo-1.2.0.tar.gz", "demo-{version}.tar.gz", "demo-1.3.0rc1.tar.gz"),
            ("MAJOR = 0\nMINOR = 9\n", "MINOR = {minor}", "MAJOR = 0\nMINOR = 3\n"),
            ("(0, 9, 9)", "({major}, {minor}, {patch})", "(1, 3, 0)"),
            ("v1.2 and v1.2", "v{version}", "v1.3.0rc1 and v1.3.0rc1"),
            ("a.b*: 7", "a.b*: {major}", "a.b*: 1"),
        ],
    )
    def test_replace_the_numbers_everywhere(self, text: str, pattern: str, expected: str) -> None:
        assert expected == set_file_version(text, NEW, patterns=[pattern])

    def test_several_are_all_applied(self) -> None:
        text = set_file_version("A=1\nB=2\n", NEW, patterns=["A={major}", "B={minor}"])

        assert text == "A=1\nB=3\n"

    @pytest.mark.parametrize("pattern", ["nowhere {version}", "no placeholder"])
    def test_one_that_is_not_there_is_an_error(self, pattern: str) -> None:
        with pytest.raises(VersionNotFound) as caught:
            set_file_version("no placeholder", NEW, path="x.txt", patterns=[pattern])

        assert caught.value.message == f"x.txt holds no version to change: looked for {pattern}"


@given(st.text(), st.text())
def test_what_stands_around_a_pattern_stays(before: str, after: str) -> None:
    text = f"{before}<1.2.0>{after}"

    assert f"{before}<1.3.0rc1>{after}" == set_file_version(text, NEW, patterns=["<{version}>"])
