from __future__ import annotations

import tomllib

import pytest

from releasio.errors.project.package import NotAPackage
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.packaged import (
    is_member,
    member_patterns,
    not_packaged,
    only_in,
    private_classifier,
)
from releasio.rules.project.project_files import ProjectFiles

PROJECT = '[project]\nname = "demo"\nversion = "1.0"\n'
BUILD = "[build-system]\nrequires = []\n"
WORKSPACE = (
    '[tool.uv.workspace]\nmembers = ["packages/*", "./tools/one/"]\nexclude = ["packages/x"]\n'
)


class TestNotPackaged:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[tool.uv]\npackage = false", "[tool.uv] package = false"),
            ("[tool.poetry]\npackage-mode = false", "[tool.poetry] package-mode = false"),
            ("[tool.pdm]\ndistribution = false", "[tool.pdm] distribution = false"),
            ("[tool.rye]\nvirtual = true", "[tool.rye] virtual = true"),
            (WORKSPACE, "[tool.uv.workspace] without [build-system]"),
            (WORKSPACE + BUILD, ""),
            # pydantic-core and jupyterlab-git are built by others than `uv sync`
            (f"{BUILD}[tool.uv]\npackage = false", ""),
            (PROJECT, ""),
            ("[tool.uv]\npackage = true", ""),
        ],
    )
    def test_by_the_words_of_the_tools(self, text: str, expected: str) -> None:
        assert expected == not_packaged(tomllib.loads(text))

    def test_is_said_before_name_and_version_are_missed(self) -> None:
        with pytest.raises(NotAPackage) as caught:
            read_manifest(ProjectFiles.of({"pyproject.toml": b"[tool.uv]\npackage = false\n"}))

        assert "pyproject.toml is of no package: [tool.uv] package = false" == str(caught.value)
        assert "If it is to be released, take that setting out." == caught.value.hint

    def test_names_the_members_of_a_workspace(self) -> None:
        members = [f"m{number}" for number in range(12)]
        error = NotAPackage("pyproject.toml", "x", (("*",), ()), members)

        assert error.hint.startswith("Members of the workspace: m0, m1, ")
        assert "m9 and 2 others. Name one as PATH." in error.hint


class TestMembers:
    @pytest.mark.parametrize(
        ("folder", "expected"),
        [
            ("packages/core", True),
            ("tools/one", True),
            ("packages/x", False),
            ("packages/core/deep", False),
            ("packages", False),
            ("other/core", False),
        ],
    )
    def test_match_their_patterns_and_not_the_exceptions(
        self, folder: str, *, expected: bool
    ) -> None:
        assert expected is is_member(folder, member_patterns(tomllib.loads(WORKSPACE)))

    def test_of_any_depth(self) -> None:
        patterns = member_patterns({"tool": {"uv": {"workspace": {"members": ["libs/**"]}}}})

        assert is_member("libs/a/b", patterns)


class TestPrivateClassifier:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('[project]\nclassifiers = ["Private :: Do Not Upload"]', "Private :: Do Not Upload"),
            ('[tool.poetry]\nclassifiers = ["Private :: No"]', "Private :: No"),
            ('[project]\nclassifiers = ["Topic :: Private"]', ""),
            (PROJECT, ""),
        ],
    )
    def test_is_read_from_either_table(self, text: str, expected: str) -> None:
        assert expected == private_classifier(tomllib.loads(text))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("a/x", "b/y"), True),
        (("a/x", "README.md"), False),
        (("ab/x",), False),
        ((), False),
    ],
)
def test_only_in(files: tuple[str, ...], *, expected: bool) -> None:
    assert expected is only_in(files, ["a", "b"])
