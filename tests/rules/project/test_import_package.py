from __future__ import annotations

import tomllib

import pytest

from releasio.rules.project.import_package import (
    configured_packages,
    guessed_files,
    import_folders,
    may_be_package,
)


class TestConfiguredPackages:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('[tool.hatch.build.targets.wheel]\npackages = ["src/other"]', ("src/other",)),
            ('[tool.setuptools]\npackages = ["one", "one.two"]', ("one",)),
            ('[tool.flit.module]\nname = "ns.one"', ("ns/one",)),
            ('[tool.uv.build-backend]\nmodule-name = ["one", "two"]', ("one", "two")),
            ('[tool.maturin]\nmodule-name = "one"', ("one",)),
            ('[tool.poetry]\npackages = [{ include = "one", from = "src" }]', ("src/one",)),
            ('[tool.poetry]\npackages = [{ include = "one" }]', ("one",)),
            ('[project]\nname = "demo"', ()),
            ("[tool]\nhatch = 1\npoetry = { packages = [1] }", ()),
        ],
    )
    def test_are_read_from_every_back_end(self, text: str, expected: tuple[str, ...]) -> None:
        assert expected == configured_packages(tomllib.loads(text))


class TestImportFolders:
    @pytest.mark.parametrize(
        ("files", "configured", "expected"),
        [
            (["src/my_demo/__init__.py", "src/more/__init__.py"], (), ("src/my_demo",)),
            (["my_demo/version.py"], (), ("my_demo",)),
            (["src/bs/__init__.py", "helpers/__init__.py"], (), ("src/bs",)),
            (["bs/__init__.py"], (), ("bs",)),
            (["one/__init__.py", "two/__init__.py"], (), ()),
            (["one/__init__.py", "my_demo/__init__.py"], ("one",), ("one",)),
            (["src/ns/one/__init__.py"], ("ns/one",), ("src/ns/one",)),
            (["VERSION"], (), ()),
        ],
    )
    def test_are_those_that_settings_or_names_tell_or_the_only_one(
        self, files: list[str], configured: tuple[str, ...], expected: tuple[str, ...]
    ) -> None:
        assert expected == import_folders("My-demo", configured, files)

    def test_of_a_project_in_a_folder(self) -> None:
        files = ["src/demo/__init__.py", "core/src/demo/__init__.py"]

        assert ("core/src/demo",) == import_folders("demo", (), files, "core")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("demo", True), ("tests", False), ("_vendor", False), (".github", False), ("a-b", False)],
)
def test_folders_of_development_and_copies_of_others_are_none(name: str, *, expected: bool) -> None:
    assert expected is may_be_package(name)


def test_modules_and_namespaces_are_guessed() -> None:
    guessed = guessed_files("ns-demo", (), "core")

    assert {"core/ns_demo.py", "core/src/ns/demo/__init__.py"} <= set(guessed)
