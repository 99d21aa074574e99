"""Which settings the answers need, and what the places of a recipe are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from releasio.config.tables.model import Config, VersionConfig
from releasio.rules.versions.tag_form import TagForm
from releasio.setup.init.project import Clone, Contents
from releasio.setup.init.wanted import recipe_answers, settings_after, wanted_settings
from tests.setup.init.found import chosen, found, with_workflow

if TYPE_CHECKING:
    from releasio.setup.init.project import Project

MODE = {("mode",): "pull-request"}
PUBLISHES = """\
on: {release: {types: [published]}}
jobs:
  trial:
    environment: {name: trials, url: "https://test.pypi.org/p/demo"}
    permissions: {id-token: write}
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
        with: {repository-url: "https://test.pypi.org/legacy/"}
  publish:
    environment: RELEASE
    permissions: {id-token: write}
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
"""


class TestSettings:
    @pytest.mark.parametrize(
        ("project", "changes", "expected"),
        [
            (found(), {}, {}),
            (found(), {"branch": "trunk"}, {("default_branch",): "trunk"}),
            (found(clone=None), {"branch": "master"}, {}),
            (found(clone=Clone("trunk", ("trunk",))), {"branch": "trunk"},
             {("default_branch",): "trunk"}),
            (found(clone=Clone("trunk", (), "trunk")), {"branch": "trunk"}, {}),
            (found(), {"tag_prefix": ""}, {("version", "tag_prefix"): ""}),
            (found(tag_form=TagForm("", learnt=True)), {"tag_prefix": ""}, {}),
            (found(Config(version=VersionConfig(tag_prefix="x-")), tag_form=TagForm("x-")),
             {"tag_prefix": "x-"}, {}),
            (found(), {"changelog": ""}, {("changelog", "enabled"): False}),
            (found(), {"changelog": "CHANGES.rst"}, {}),
            (found(), {"changelog": "a/log.md"}, {("changelog", "path"): "a/log.md"}),
            (found(contents=Contents("CHANGES.md")), {"changelog": "NEWS.md"},
             {("changelog", "path"): "NEWS.md"}),
            (found(), {"registry": "testpypi"}, {("publish", "registry"): "testpypi"}),
            (found(), {"registry": "https://up.example.org/"},
             {("publish", "registry"): "https://up.example.org/"}),
        ],
    )  # fmt: skip
    def test_are_what_no_release_would_find(
        self, project: Project, changes: dict[str, Any], expected: dict[tuple[str, ...], object]
    ) -> None:
        assert {**MODE, **expected} == wanted_settings(project, chosen(**changes))

    def test_of_another_tool_come_along_and_the_answers_count_more(self) -> None:
        adopted = {("commits", "types_minor"): ["feat", "perf"], ("mode",): "direct"}
        settings = wanted_settings(found(), chosen(adopted=adopted))

        assert {("commits", "types_minor"): ["feat", "perf"], **MODE} == settings

    def test_routes_of_a_recipe_come_along(self) -> None:
        settings = wanted_settings(found(), chosen("environments"))

        route = {"tag": "v*-dev-*", "registry": "testpypi"}
        assert [route] == settings["publish", "routes"]


class TestPlaces:
    @pytest.mark.parametrize(
        ("prefix", "pattern"),
        [("v", "v*"), ("", "[0-9]*"), ("demo-v", "demo-v*"), ("v{version}-final", "v*-final")],
    )
    def test_tags(self, prefix: str, pattern: str) -> None:
        assert pattern == recipe_answers(found(), chosen(tag_prefix=prefix)).tags

    @pytest.mark.parametrize(
        ("requires", "versions"),
        [
            ("", ("3.11", "3.13")),
            (">=3.10", ("3.10", "3.14")),
            (">=3.9,<3.12", ("3.9", "3.11")),
            ("==3.12.*", ("3.12",)),
            (">=3.11.4", ("3.11", "3.14")),
            ("nonsense", ("3.11", "3.13")),
        ],
    )
    def test_versions_of_python(self, requires: str, versions: tuple[str, ...]) -> None:
        project = found(contents=Contents(requires_python=requires))

        assert versions == recipe_answers(project, chosen()).pythons

    @pytest.mark.parametrize(
        ("contents", "last"),
        [
            (Contents(has_tests=True, modules=("demo",)), "python -m pytest"),
            (Contents(modules=("demo",)), 'python -c "import demo"'),
            (Contents(), "python -m pip install ."),
        ],
    )
    def test_pytest_runs_only_where_there_is_a_test(self, contents: Contents, last: str) -> None:
        assert last == recipe_answers(found(contents=contents), chosen()).test[-1]

    def test_the_environment_is_called_as_the_index(self) -> None:
        answers = recipe_answers(found(), chosen(registry="testpypi"))

        assert ("testpypi", "testpypi") == (answers.environment, answers.registry)


class TestAfter:
    def test_has_what_is_written_beside_what_was_there(self) -> None:
        config = Config(version=VersionConfig(scheme="calver"))
        adopted = {("branches", "beta", "match"): "beta", ("branches", "beta", "prerelease"): True}
        choices = chosen("environments", tag_prefix="x-", adopted=adopted)
        after = settings_after(found(config), choices)

        assert ("calver", "x-") == (after.version.scheme, after.version.tag_prefix)
        assert "testpypi" == after.publish.routes[0].registry
        assert ("beta", True) == (after.branches["beta"].match, after.branches["beta"].prerelease)

    def test_nothing_is_to_be_written_any_more(self) -> None:
        choices = chosen("environments", tag_prefix="x-", branch="trunk")
        after = settings_after(found(), choices)

        assert set() == wanted_settings(found(after, tag_form=TagForm("x-")), choices).keys() - {
            ("default_branch",)
        }


class TestEnvironments:
    def test_those_that_the_project_publishes_from_stay(self) -> None:
        answers = recipe_answers(with_workflow(PUBLISHES.replace("RELEASE", "release")), chosen())

        assert ("release", "trials") == (answers.environment, answers.test_environment)

    @pytest.mark.parametrize(
        "name",
        ["${{ inputs.where }}", "${{ github.ref == 'x' && 'release' || 'trial' }}", "''", "a: b"],
    )
    def test_one_that_no_file_tells_is_the_usual_one(self, name: str) -> None:
        project = with_workflow(PUBLISHES.replace("environment: RELEASE", f'environment: "{name}"'))

        assert "pypi" == recipe_answers(project, chosen()).environment

    def test_two_for_one_index_are_none_to_choose_from(self) -> None:
        second = PUBLISHES[PUBLISHES.index("  publish:") :].replace("  publish:", "  again:")
        project = with_workflow(PUBLISHES + second.replace("RELEASE", "other"))

        assert "pypi" == recipe_answers(project, chosen()).environment
