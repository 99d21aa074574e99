from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.model import Config, VersionConfig
from releasio.errors.base import Problems
from releasio.errors.project.manifest import VersionFileDisagrees
from releasio.frozen import replace
from releasio.release.edits import version_conflicts, version_edits, version_remarks
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from tests.known import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 3, 1)


def edited(
    files: Mapping[str, bytes], new: str = "1.3.0", old: str = "1.2.0", config: Config | None = None
) -> dict[str, bytes]:
    """Return the files besides pyproject.toml that a release changes, as they are then."""
    found = facts(old, last=None, files=files)
    edits = version_edits(found.package(), Version(new), config or Config(), DAY)
    return {edit.path: edit.after for edit in edits if edit.path != "pyproject.toml"}


def remarks(files: Mapping[str, bytes], new: str = "1.3.0") -> tuple[str, ...]:
    return version_remarks(facts(files=files).package(), Version(new), Config())


class TestEdited:
    @pytest.mark.parametrize(
        "files",
        [
            {"src/demo/__init__.py": b'"""Demo."""\r\n__version__ = "@"  # ours\r\n'},
            {"demo/_version.py": b"\xef\xbb\xbf__version__ = version = '@'\n"},
            {"demo/version.py": b'VERSION = "@"\n'},
            {"src/demo/__about__.py": b'__version__: str = "@"'},
            {"demo.py": b'__version__ = "@"\n'},
            {"demo.py": b'VERSION = "@"\n__version__ = VERSION\n'},
            {"demo.py": b'__version__ = (\n    "@"  # ours\n)\n'},
            {"VERSION": b"@\r\n"},
            {"src/demo/__init__.py": b"", "src/demo/VERSION": b"@\n"},
            {"Cargo.toml": b'[package]\nname = "demo"\nversion = "@"\n'},
            {"meson.build": b"project('demo', 'c', version: '@')\n"},
            {"docs/conf.py": b'release = "@"\n'},
            {"package.json": b'{"name": "ui", "a": {"version": "1.2.0"},\n"version": "@"}'},
        ],
    )
    def test_where_exactly_the_old_version_stands(self, files: dict[str, bytes]) -> None:
        before = {path: content.replace(b"@", b"1.2.0") for path, content in files.items()}
        after = {path: each.replace(b"@", b"1.3.0") for path, each in files.items() if b"@" in each}

        assert after == edited(before)

    @pytest.mark.parametrize(
        "files",
        [
            {"src/demo/_vendor/__init__.py": b'__version__ = "1.2.0"\n'},
            {"other/__init__.py": b'__version__ = "1.2.0"\n', "demo/__init__.py": b""},
            {"demo/__init__.py": b'try:\n    x\nexcept E:\n    __version__ = "1.2.0"\n'},
            {"demo/__init__.py": b'\xff__version__ = "1.2.0"\n'},
            {"VERSION": b"1.1.0\n"},
            {"docs/conf.py": b'release = "1.1.0"\n'},
        ],
    )
    def test_nothing_else_is_touched(self, files: dict[str, bytes]) -> None:
        assert {} == edited(files)

    def test_not_when_it_is_switched_off(self) -> None:
        config = Config(version=VersionConfig(auto_detect_version_files=False))

        assert {} == edited({"VERSION": b"1.2.0\n"}, config=config)

    def test_nor_what_settings_name_already(self) -> None:
        config = Config(version=VersionConfig(version_files=("VERSION",)))

        assert {"VERSION": b"1.3.0\n"} == edited({"VERSION": b"1.2.0\n"}, config=config)

    @pytest.mark.parametrize(
        ("old", "new", "before", "after"),
        [
            ("5.2", "5.3", b"5.2\n", b"5.3\n"),
            ("2024.01.5", "2024.1.6", b"2024.01.5\n", b"2024.01.6\n"),
            ("2024.1.5", "2024.1.6", b"2024.01.5\n", b"2024.01.6\n"),
            ("1.2.0", "1.3.0rc1", b"v1.2.0\n", b"v1.3.0rc1\n"),
        ],
    )
    def test_in_the_form_that_the_file_has(
        self, old: str, new: str, before: bytes, after: bytes
    ) -> None:
        assert {"VERSION": after} == edited({"VERSION": before}, new, old)

    def test_cargo_s_way_and_in_its_lock_too(self) -> None:
        lock = (
            b'[[package]]\nname = "demo"\nversion = "1.2.0"\nsource = "registry+x"\n\n'
            b'[[package]]\nname = "demo"\nversion = "1.2.0"\ndependencies = [\n "serde",\n]\n'
        )
        toml = b'[package]\nname = "demo"\nversion = "1.2.0"\n'
        after = edited({"Cargo.toml": toml, "Cargo.lock": lock}, "1.3.0rc1")

        head, _, tail = lock.rpartition(b"1.2.0")
        assert head + b"1.3.0-rc.1" + tail == after["Cargo.lock"]
        assert toml.replace(b"1.2.0", b"1.3.0-rc.1") == after["Cargo.toml"]

    def test_the_lock_only_where_it_is_to_be_written(self) -> None:
        lock = b'[[package]]\nname = "demo"\nversion = "1.2.0"\n'
        toml = b'[package]\nname = "demo"\nversion = "1.2.0"\n'
        config = Config(version=VersionConfig(update_lock_file=False))
        after = edited({"Cargo.toml": toml, "Cargo.lock": lock}, config=config)

        assert ["Cargo.toml"] == [*after]

    def test_the_day_of_a_citation(self) -> None:
        before = b"cff-version: 1.2.0\nversion: 1.2.0\ndate-released: '2025-01-01'\n"
        after = b"cff-version: 1.2.0\nversion: 1.3.0\ndate-released: '2026-03-01'\n"

        assert {"CITATION.cff": after} == edited({"CITATION.cff": before})

    def test_sphinx_s_short_version(self) -> None:
        before = b'version = "1.2"\nrelease = "1.2.0"\n'

        assert {"docs/conf.py": b'version = "1.3"\nrelease = "1.3.0"\n'} == (
            edited({"docs/conf.py": before})
        )
        assert {"docs/conf.py": b'version = "1.2"\nrelease = "1.2.1"\n'} == (
            edited({"docs/conf.py": before}, "1.2.1")
        )


class TestDisagreement:
    FILES = {"src/demo/__init__.py": b'__version__ = "1.1.0"\n'}  # noqa: RUF012 -- never changed

    def test_in_the_import_package_stops_and_names_both(self) -> None:
        with pytest.raises(VersionFileDisagrees) as caught:
            edited(self.FILES)

        assert (
            "src/demo/__init__.py says __version__ = 1.1.0, but pyproject.toml says 1.2.0"
            == caught.value.message
        )
        assert "version.auto_detect_version_files = false" in caught.value.hint

    def test_every_one_is_named(self) -> None:
        with pytest.raises(Problems):
            edited({**self.FILES, "src/demo/VERSION": b"1.0.0\n"})

    def test_the_new_version_is_none(self) -> None:
        assert {} == edited({"demo/__init__.py": b'__version__ = "1.3.0"\n'})

    @pytest.mark.parametrize("text", [b'__version__ = "unknown"\n', b"__version__ = get()\n"])
    def test_nor_is_what_is_no_version(self, text: bytes) -> None:
        assert {} == edited({"demo/__init__.py": text})

    def test_also_where_the_release_is_prepared(self) -> None:
        package = facts("1.3.0", files=self.FILES).package()

        (error,) = version_conflicts(package, Version("1.3.0"), Config())
        assert "version-file-disagrees" == error.code

    def test_elsewhere_it_is_a_note(self) -> None:
        files = {"docs/conf.py": b'release = "1.1.0"\n', "VERSION": b"1.0\n"}

        assert {} == edited(files)
        assert {
            "release in docs/conf.py says 1.1.0 and is left alone",
            "VERSION says 1.0 and is left alone",
        } == set(remarks(files))

    @pytest.mark.parametrize(
        "line",
        [
            '__version__ = "1." "2.0"',
            '__version__ = "1.2" + ".0"',
            '__version__ = ".".join(["1", "2", "0"])',
            '__version__ = f"{1}.2.0"',
            'version_info = (1, 2, 0)\n__version__ = ".".join(map(str, version_info))',
            'import sys\nif sys.platform:\n    __version__ = "1.2.0"',
        ],
    )
    def test_a_version_that_cannot_be_read_without_running_it_is_a_note(self, line: str) -> None:
        files = {"src/demo/__init__.py": line.encode()}
        number = line.count("\n") + 1

        assert {} == edited(files)
        assert (
            (
                f"__version__ in src/demo/__init__.py, line {number}, cannot be read without "
                "running it and is left alone; `version.files` can say where its text stands"
            ),
        ) == remarks(files)

    def test_a_version_that_is_made_of_the_one_that_is_changed_is_none(self) -> None:
        files: dict[str, bytes | None] = {
            "pyproject.toml": b'[project]\nname = "demo"\ndynamic = ["version"]\n'
            b'[tool.setuptools.dynamic]\nversion = {attr = "demo.__version__"}\n',
            "demo/__init__.py": b"version_info = (1, 2, 0)\n"
            b'__version__ = ".".join([str(v) for v in version_info])\n',
        }
        package = facts(files=files).package()
        package = replace(package, manifest=read_manifest(ProjectFiles.of(files)))

        assert "demo/__init__.py" == package.manifest.version_path
        assert () == version_remarks(package, Version("1.3.0"), Config())

    @pytest.mark.parametrize(
        "line",
        [
            'from importlib.metadata import version\n__version__ = version("demo2")',
            "from demo._version import __version__",
            "from . import _version\n__version__ = _version.get_versions()['version']",
            'try:\n    from x import __version__\nexcept ImportError:\n    __version__ = "0.0.0"',
            "import typing\nif typing.TYPE_CHECKING:\n    __version__: str",
            "def f():\n    __version__ = 1",
            "__version__ = other",
        ],
    )
    def test_one_that_is_right_by_itself_is_not(self, line: str) -> None:
        assert () == remarks({"src/demo/__init__.py": line.encode()})

    def test_what_tools_have_of_their_own_is_not(self) -> None:
        assert () == remarks({"package.json": b'{"name": "docs", "version": "0.0.1"}'})

    def test_what_a_file_cannot_say_is_a_note(self) -> None:
        files = {"Cargo.toml": b'[package]\nname = "demo"\nversion = "1.2.0"\n'}

        assert {} == edited(files, "1.2.0.post1")
        assert ("[package].version in Cargo.toml cannot say 1.2.0.post1 and is left alone",) == (
            remarks(files, "1.2.0.post1")
        )
