"""The recipe that is like what a project does already."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import Config
from releasio.frozen import replace
from releasio.rules.workflow.gitlab.pipeline import pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import pipeline_uploads
from releasio.rules.workflow.node import parse_yaml
from releasio.setup.adoption.adopted import Adopted, Translated
from releasio.setup.init.fitting import fitting_recipe
from releasio.setup.init.project import Contents
from tests.setup.init.found import GITLAB, found, with_workflow

JOB = """
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
"""
TAGGED = "p:\n  rules: [{if: $CI_COMMIT_TAG}]\n  script:\n"
AGAIN = "      - uses: pypa/gh-action-pypi-publish@release/v1\n"
ACTION = "    steps:\n      - uses: PyO3/maturin-action@v1\n"
MATURIN = f"  b:\n{ACTION}"
MATRIX = "  b:\n    strategy: {matrix: {os: [a, b]}}\n"
TRY = "        with: {repository-url: 'https://test.pypi.org/legacy/'}\n"


class TestGitHub:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"on: push{JOB}", "push-to-main"),
            (f"on: {{push: {{branches: [main]}}}}{JOB}", "push-to-main"),
            (f"on: {{push: {{tags: ['v*']}}}}{JOB}", "tag"),
            (f"on: {{release: {{types: [published]}}}}{JOB}", "github-release"),
            (
                f"on: {{push: {{tags: ['v*']}}}}{JOB}{AGAIN}{TRY}",
                "environments",
            ),
            (f"on: release{JOB}      - uses: pypa/cibuildwheel@v3\n", "wheels"),
            (f"on: workflow_dispatch{JOB}", "pull-request"),
            ("on: push\njobs: {test: {steps: [{run: pytest}]}}\n", "pull-request"),
            ("on: push\njobs: {p: {steps: [{run: uv publish}]}}\n", "push-to-main"),
        ],
    )
    def test_by_the_workflow_that_publishes(self, text: str, expected: str) -> None:
        assert expected == fitting_recipe(with_workflow(text), "github").name

    def test_whoever_opens_release_pull_requests_goes_on_with_them(self) -> None:
        mode = Translated("mode", "pull-request", "", "release-please-config.json:1")
        adopted = Adopted("release-please", ("release-please-config.json:1",), (mode,))
        project = with_workflow(f"on: push{JOB}")
        project = replace(project, contents=replace(project.contents, adopted=(adopted,)))

        assert ("pull-request", "release-please opens release pull requests") == tuple(
            vars(fitting_recipe(project, "github")).values()
        )

    def test_the_mode_of_the_settings_counts_more(self) -> None:
        project = found(Config(mode="pull-request"))

        assert ("pull-request", 'mode = "pull-request"') == tuple(
            vars(fitting_recipe(project, "github")).values()
        )

    def test_compiled_parts_need_wheels_of_several_platforms(self) -> None:
        project = found(contents=Contents(is_compiled=True))

        assert "wheels" == fitting_recipe(project, "github").name


class TestWheels:
    @pytest.mark.parametrize(
        ("jobs", "expected"),
        [
            ("", "tag"),
            ("# from github.com/pypa/cibuildwheel/examples\n", "tag"),
            ("  b:\n    steps: [{run: '# cibuildwheel, some day\n\n      make'}]\n", "tag"),
            ("  b:\n    steps: [{name: no cibuildwheel, run: make}]\n", "tag"),
            ("  b:\n    steps: [{uses: pypa/cibuildwheel@v3}]\n", "wheels"),
            ("  b:\n    steps: [{run: pipx run cibuildwheel==3.1}]\n", "wheels"),
            ("  b:\n    steps: [{run: python -m cibuildwheel --output-dir d}]\n", "wheels"),
            ("  b:\n    uses: ./.github/workflows/wheels.yml\n", "wheels"),
            (MATURIN, "tag"),
            (MATURIN + MATURIN.replace("b:", "c:"), "own-builds"),
            (f"{MATRIX}{ACTION}", "own-builds"),
            (f"{MATRIX}    steps: [{{run: uvx maturin build --release}}]\n", "own-builds"),
            (f"{MATRIX}{ACTION}        with: {{command: sdist}}\n", "tag"),
            (f"{MATRIX}    steps: [{{run: python -m build}}]\n", "tag"),
        ],
    )
    def test_are_what_steps_build(self, jobs: str, expected: str) -> None:
        project = with_workflow(f"on: {{push: {{tags: ['v*']}}}}{JOB}{jobs}")
        called = "on: workflow_call\njobs: {w: {steps: [{uses: pypa/cibuildwheel@v3}]}}\n"
        workflows = {".github/workflows/wheels.yml": called}
        project = replace(project, contents=replace(project.contents, workflows=workflows))

        assert expected == fitting_recipe(project, "github").name

    @pytest.mark.parametrize(
        ("jobs", "expected"),
        [
            (f"{MATRIX}    steps: [{{run: python -m build}}]\n", "own-builds"),
            ("  b:\n    steps: [{run: python -m build}]\n", "tag"),
            ("", "own-builds"),  # built elsewhere
            (f"{MATRIX}    steps: [{{uses: pypa/cibuildwheel@v3}}]\n", "wheels"),
        ],
    )
    def test_of_a_compiled_project_are_not_dropped(self, jobs: str, expected: str) -> None:
        project = with_workflow(f"on: {{push: {{tags: ['v*']}}}}{JOB}{jobs}")
        project = replace(project, contents=replace(project.contents, is_compiled=True))

        assert expected == fitting_recipe(project, "github").name

    def test_that_releasio_builds_itself_are_no_others(self) -> None:
        job = JOB.replace("pypa/gh-action-pypi-publish@release/v1", "acme/releasio/action@v3")
        project = with_workflow(f"on: push{job}        with: {{command: release}}\n")
        project = replace(project, contents=replace(project.contents, is_compiled=True))

        assert "push-to-main" == fitting_recipe(project, "github").name

    def test_that_are_uploaded_where_they_are_built_are_not_dropped(self) -> None:
        publish = "        with: {command: publish}\n"
        one = with_workflow(f"on: {{push: {{tags: [v*]}}}}\njobs:\n{MATURIN}{publish}")
        more = with_workflow(f"on: {{push: {{tags: [v*]}}}}\njobs:\n{MATRIX}{ACTION}{publish}")

        assert "tag" == fitting_recipe(one, "github").name
        assert "own-builds" == fitting_recipe(more, "github").name

    def test_are_not_dropped_for_a_release_pull_request(self) -> None:
        project = with_workflow(f"on: push{JOB}{MATRIX}{ACTION}")
        settings = replace(project.settings, config=Config(mode="pull-request"))

        assert "own-builds" == fitting_recipe(replace(project, settings=settings), "github").name


class TestElsewhere:
    @pytest.mark.parametrize(
        ("pipeline", "expected"),
        [
            ("test:\n  script: pytest\n", "gitlab-merge-request"),
            ("p:\n  script: twine upload dist/*\n", "gitlab-push-to-main"),
            ("p:\n  rules: [{if: $CI_COMMIT_TAG}]\n  script: uv publish\n", "gitlab-tag"),
            ("p:\n  only: [tags]\n  script: uv publish\n", "gitlab-tag"),
            ("p:\n  only: tags\n  script: uv publish\n", "gitlab-tag"),
            ("p:\n  only: {refs: [tags]}\n  script: uv publish\n", "gitlab-tag"),
            (".t:\n  only: [tags]\np:\n  extends: .t\n  script: uv publish\n", "gitlab-tag"),
            ("p:\n  except: [tags]\n  script: uv publish\n", "gitlab-push-to-main"),
            ("p:\n  only: [main]\n  script: uv publish\n", "gitlab-push-to-main"),
            (
                f"{TAGGED}    - twine upload d/*\n    - twine upload -r testpypi d/*\n",
                "gitlab-environments",
            ),
        ],
    )
    def test_on_gitlab_by_the_pipeline(self, pipeline: str, expected: str) -> None:
        files = {".gitlab-ci.yml": parse_yaml(pipeline, ".gitlab-ci.yml")}
        uploads = pipeline_uploads(pipeline_jobs(files))
        contents = Contents(pipeline={".gitlab-ci.yml": pipeline}, pipeline_uploads=uploads)
        project = found(place=GITLAB, contents=contents)

        assert expected == fitting_recipe(project, "gitlab").name

    def test_on_no_forge_it_is_the_laptop(self) -> None:
        assert "laptop" == fitting_recipe(found(place=None), "").name
