from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.errors.project.manifest import (
    ManifestMissing,
    ManifestNotToml,
    NameMissing,
    NotUtf8,
    VersionMissing,
    VersionNotFound,
    VersionsDisagree,
)
from releasio.errors.project.version import InvalidVersion, VersionNotText
from releasio.rules.project.manifest import Manifest, read_manifest, set_version
from releasio.rules.project.project_files import ProjectFiles

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError

NEW = Version("1.3.0")


def read(text: bytes | None, folder: str = "") -> Manifest:
    path = f"{folder}/pyproject.toml".lstrip("/")
    return read_manifest(ProjectFiles.of({path: text}, folder))


def changed(text: str, version: Version = NEW) -> str:
    return set_version(text, version, read(text.encode()).places)


class TestReadManifest:
    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ('[project]\nname = "Demo_x"\nversion = "1.2.0"', ["[project] version"]),
            ('project = { name = "Demo_x", version = "1.2.0" }', ["[project] version"]),
            ('project.name = "Demo_x"\nproject.version = "1.2.0"', ["[project] version"]),
            ('[tool.poetry]\nname = "Demo_x"\nversion = "1.2.0"', ["[tool.poetry] version"]),
            (
                '[project]\nname="Demo_x"\ndynamic=["version"]\n[tool.poetry]\nversion="1.2.0"',
                ["[tool.poetry] version"],
            ),
            (
                '[project]\nname = "Demo_x"\nversion = "1.2.0"\n[tool.poetry]\nversion = "1.2.0"',
                ["[project] version", "[tool.poetry] version"],
            ),
        ],
    )
    def test_finds_name_and_version(self, text: str, places: list[str]) -> None:
        manifest = read(text.encode(), "core")

        assert ("Demo_x", Version("1.2"), "1.2.0") == (
            manifest.name,
            manifest.version,
            manifest.written,
        )
        assert manifest.path == manifest.version_path == "core/pyproject.toml"
        assert places == [place.what for place in manifest.places]

    @pytest.mark.parametrize(
        ("text", "error", "message", "hint"),
        [
            (None, ManifestMissing, "there is no pyproject.toml", "name it: PATH, or --project"),
            (b"\xff\xfe", NotUtf8, "pyproject.toml is not encoded in UTF-8", "Save it as UTF-8"),
            (
                b"[project\n",
                ManifestNotToml,
                (
                    "pyproject.toml is not valid TOML: Expected ']' at the end of a table "
                    "declaration (at line 1, column 9)"
                ),
                "Correct line 1",
            ),
            (
                b'[project]\nversion = "1.0"',
                NameMissing,
                "pyproject.toml does not name the package",
                'Add name = "..." to [project]',
            ),
            (
                b'[project]\nname = "demo"',
                VersionMissing,
                "[project] has no version in pyproject.toml",
                'Add version = "0.1.0" to [project]',
            ),
            (
                b'[tool.poetry]\nname = "demo"',
                VersionMissing,
                "[tool.poetry] has no version in pyproject.toml",
                'Add version = "0.1.0" to [tool.poetry]',
            ),
            (
                b'[build-system]\nrequires = ["setuptools"]',
                VersionMissing,
                "there is no [project] table in pyproject.toml",
                'Add version = "0.1.0" to [project]',
            ),
            (
                b'[project]\nname = "demo"\nversion = "1.0"\n[tool.poetry]\nversion = "1.1"',
                VersionsDisagree,
                "[project] in pyproject.toml says version 1.0, but [tool.poetry] says 1.1",
                "Delete the version in [tool.poetry], or make them equal",
            ),
            (
                b'[project]\nname = "demo"\nversion = 1.0',
                VersionNotText,
                "the version in [project] of pyproject.toml is no string: 1.0",
                'Write it in quotes: version = "1.0"',
            ),
            (
                b'[project]\nname = "demo"\nversion = "next"',
                InvalidVersion,
                "'next' is not a version",
                "PEP 440",
            ),
        ],
    )
    def test_says_what_is_wrong_and_what_to_do(
        self, text: bytes | None, error: type[ReleasioError], message: str, hint: str
    ) -> None:
        with pytest.raises(error) as caught:
            read(text)

        assert message == caught.value.message
        assert hint in caught.value.hint
        assert caught.value.path == "pyproject.toml"


class TestSetVersion:
    @pytest.mark.parametrize(
        "text",
        [
            '[project]\nname = "demo"\nversion = "@"\n',
            "[project]\nname = 'demo'\nversion = '@'",
            '[project] # table\r\nversion="@"   # the version\r\nname = "demo"\r\n',
            'project = { name = "demo", version = "@" }\n',
            'project.name = "demo"\nproject.version = "@"\n',
            '[project]\n"version" = "@"\nname = "demo"\n',
            '[project]\nversion = """@"""\nname = "demo"\n',
            '[tool.poetry]\nname = "demo"\nversion = "@"\n',
            '[project]\nversion = "@"\nname = "demo"\n[tool.poetry]\nversion = "@"\n',
            # V4: 2.x changed the first line that looked like it, and reported success
            (
                '[project]\nname = "demo"\ndescription = """\nversion = "1.2.0"\n"""\n'
                '# version = "1.2.0"\nversion = "@"\n'
            ),
            (
                '[project]\nname = "demo"\nversion = "@"\nrequires-python = ">=3"\n'
                '[tool.other]\nversion = "1.2.0"\ntarget = ["1.2.0"]\n'
            ),
            '[tool.other]\nversion = "1.2.0"\n[project]\nname = "demo"\nversion = "@"',
            '[project]\nname = "\u00fc"\n\n\n\tversion\t=\t"@"\n# \u2728\n',
        ],
    )
    def test_changes_the_version_and_nothing_else(self, text: str) -> None:
        assert text.replace("@", "1.3.0") == changed(text.replace("@", "1.2.0"))

    def test_the_same_version_again_changes_nothing(self) -> None:
        text = '[project]\nname = "demo"\nversion = "1.3.0"\n'

        assert text == changed(text)

    def test_leaves_poetrys_version_to_poetry_where_project_is_dynamic(self) -> None:
        text = '[project]\nname = "d"\ndynamic = ["version"]\n[tool.poetry]\nversion = "@"\n'

        assert text.replace("@", "1.3.0") == changed(text.replace("@", "1.0"))

    def test_says_so_when_the_version_is_written_too_cleverly(self) -> None:
        with pytest.raises(VersionNotFound) as caught:
            changed('[project]\nname = "d"\nversion = "1.\\u0032.0"\n')

        assert caught.value.message == (
            "pyproject.toml holds no version to change: "
            "looked for [project] version, written plainly"
        )

    @given(
        st.lists(
            st.sampled_from(
                [
                    '# version = "1.2.0"',
                    'description = """\n[project]\nversion = "1.2.0"\n"""',
                    "readme = 'version = \"1.2.0\"'",
                    'authors = [{ name = "version", email = "1.2.0" }]',
                    'urls.version = "1.2.0"',
                    "",
                ]
            ),
            unique=True,
        ),
        st.lists(
            st.sampled_from(
                [
                    '[tool.a]\nversion = "1.2.0"',
                    "[[tool.b]]\nproject = { version = '1.2.0' }",
                    '[tool.c.project]\nversion = "1.2.0"',
                    "# end",
                ]
            ),
            unique=True,
        ),
        st.integers(0, 6),
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from(['"', "'"]),
    )
    def test_finds_its_place_among_look_alikes(
        self, keys: list[str], tables: list[str], place: int, newline: str, quote: str
    ) -> None:
        keys = [*keys[:place], f"version = {quote}@{quote}", *keys[place:]]
        text = "\n".join(["[project]", 'name = "demo"', *keys, *tables]).replace("\n", newline)
        new_text = changed(text.replace("@", "1.2.0"))

        assert text.replace("@", "1.3.0") == new_text
        assert tomllib.loads(new_text)["project"]["version"] == "1.3.0"


def test_a_byte_order_mark_is_named() -> None:
    with pytest.raises(ManifestNotToml) as caught:
        read(b'\xef\xbb\xbf[project]\nname = "demo"\n')

    assert (
        "pyproject.toml is not valid TOML: it begins with a byte order mark, which TOML does not "
        "allow: save it without" == str(caught.value)
    )
