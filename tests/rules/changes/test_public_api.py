from __future__ import annotations

import pytest

from releasio.config.tables.changes import AllowedChange
from releasio.rules.changes.effect import Effect, api_summary
from releasio.rules.changes.public_api import (
    Break,
    ImportPackage,
    api_effects,
    import_packages,
)

GONE = Break("demo.old", "is gone")


class TestImportPackages:
    @pytest.mark.parametrize(
        ("files", "folder", "expected"),
        [
            (
                ("src/demo/__init__.py", "src/demo/a.pyi", "src/demo/data.json", "tests/a.py"),
                "",
                ImportPackage("demo", "src/", ("src/demo/__init__.py", "src/demo/a.pyi")),
            ),
            (("demo/__init__.py",), "", ImportPackage("demo", "", ("demo/__init__.py",))),
            (
                ("python/demo/src/demo/__init__.py",),
                "python/demo",
                ImportPackage("demo", "python/demo/src/", ("python/demo/src/demo/__init__.py",)),
            ),
            (
                ("src/demo/__init__.py", "src/demo/__init__.pyi", "src/_other/a.py"),
                "",
                ImportPackage("demo", "src/", ("src/_other/a.py", "src/demo/__init__.py")),
            ),
            (("demo.py", "tests/demo.py"), "", ImportPackage("demo", "", ("demo.py",))),
            (("src/demo.py",), "", ImportPackage("demo", "src/", ("src/demo.py",))),
        ],
    )
    def test_by_the_project_s_name(
        self, files: tuple[str, ...], folder: str, expected: ImportPackage
    ) -> None:
        assert (expected,) == import_packages("demo", (), files, folder)

    def test_by_the_settings(self) -> None:
        files = ("src/one/__init__.py", "src/two/__init__.py", "demo/__init__.py")
        packages = import_packages("demo", ("one", "two"), files)

        assert ["one", "two"] == [package.name for package in packages]

    def test_in_a_namespace(self) -> None:
        files = ("google/cloud/demo/__init__.py", "tests/a.py")
        packages = import_packages("google-cloud-demo", (), files)

        assert (ImportPackage("google.cloud.demo", "", files[:1]),) == packages

    def test_none(self) -> None:
        assert () == import_packages("demo", (), ("README.md",))


class TestApiEffects:
    @pytest.mark.parametrize("pattern", ["demo.old", "demo.*", "*"])
    def test_without_what_is_allowed(self, pattern: str) -> None:
        allowed = (AllowedChange(name=pattern, reason="nobody used it"),)

        assert [] == list(api_effects([GONE], allowed))

    def test_with_everything_else(self) -> None:
        allowed = (AllowedChange(name="demo.older", reason="nobody used it"),)

        assert [Effect("demo.old is gone", "api")] == list(api_effects([GONE], allowed))


class TestApiSummary:
    def test_names_some(self) -> None:
        effects = [Effect(f"demo.n{number} is gone", "api") for number in range(7)]

        assert (
            "demo.n0 is gone; demo.n1 is gone; demo.n2 is gone; demo.n3 is gone; demo.n4 is gone; "
            "and 2 more"
        ) == api_summary(effects)

    def test_is_of_the_api_alone(self) -> None:
        assert "" == api_summary([Effect("extra a is gone", "dropped")])
