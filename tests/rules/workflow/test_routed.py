"""To which index releasio uploads, where its settings say it."""

from __future__ import annotations

import pytest

from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.routed import routed
from releasio.rules.workflow.workflow import parse_workflow

OWN = Registry("own", "https://packages.example/legacy/", None)
JOB = """
on: push
jobs:
  a:
    environment: {environment}
    steps: [{{run: {command}}}]
"""


@pytest.mark.parametrize(
    ("command", "environment", "registries", "target"),
    [
        ("releasio publish -x", "pypi", [], "pypi"),
        ("releasio publish -x", "pypi", [TESTPYPI], "testpypi"),
        ("releasio publish -x", "", [OWN], "https://packages.example/legacy/"),
        ("releasio publish -x", "pypi", [PYPI, TESTPYPI], "pypi"),
        ("releasio publish -x", "test-pypi", [PYPI, TESTPYPI], "testpypi"),
        ("releasio publish -x", "test-pypi", [PYPI], "pypi"),
        ("releasio publish -x --registry pypi", "pypi", [TESTPYPI], "pypi"),
        ("twine upload a", "testpypi", [TESTPYPI], "pypi"),
    ],
)
def test_the_settings_say_it_where_the_workflow_does_not(
    command: str, environment: str, registries: list[Registry], target: str
) -> None:
    text = JOB.format(command=command, environment=environment)
    uploads = find_uploads([parse_workflow("a.yml", text)], {})

    assert [target] == [each.target for each in routed(uploads, registries)]
