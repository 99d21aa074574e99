"""The recipes for a project in a folder of its repository."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from releasio.setup.init.in_folder import in_folder
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import render

FILES = [
    (name, path, text) for name, recipe in RECIPES.items() for path, text in render(recipe).items()
]
FOLDER = "packages/my demo"


def strings(value: Any) -> list[str]:  # noqa: ANN401 -- any YAML
    """Return all strings in *value*."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(("name", "path", "text"), FILES)
def test_at_the_top_nothing_changes(name: str, path: str, text: str) -> None:
    assert text == in_folder(path, text, ""), name


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, path, text in FILES if path.startswith(".github/")]
)
def test_each_step_on_github_runs_in_it(name: str, text: str) -> None:
    workflow = yaml.safe_load(in_folder(".github/workflows/release.yml", text, FOLDER))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    own_steps = [step for step in steps if "/releasio/" in step.get("uses", "")]
    scripts = [step for step in steps if "run" in step]
    paths = [
        line.lstrip("!")
        for step in steps
        for line in step.get("with", {}).get("path", "").splitlines()
    ]

    assert own_steps, name
    assert {FOLDER} == {step["with"]["working-directory"] for step in own_steps}
    assert [] == [step for step in scripts if step["working-directory"] != FOLDER]
    assert [] == [path for path in paths if path.startswith("dist")]
    wheels = [step for step in steps if "cibuildwheel" in step.get("uses", "")]
    assert [] == [step for step in wheels if step["with"]["package-dir"] != FOLDER]


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, path, text in FILES if path == ".gitlab-ci.yml"]
)
def test_each_script_on_gitlab_begins_in_it(name: str, text: str) -> None:
    pipeline = yaml.safe_load(in_folder(".gitlab-ci.yml", text, FOLDER))
    scripts = [job["script"] for job in pipeline.values() if "script" in job]

    assert scripts, name
    assert {f"cd '{FOLDER}'"} == {script[0] for script in scripts}
    paths = [text for job in pipeline.values() for text in strings(job.get("artifacts", {}))]
    assert [] == [path for path in paths if path.startswith("dist")]
