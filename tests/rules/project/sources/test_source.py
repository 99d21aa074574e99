from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.project.sources.source import FromTags


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("setuptools-scm", {"SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_DEMO": "1.2.0"}),
        ("poetry-dynamic-versioning", {"POETRY_DYNAMIC_VERSIONING_OVERRIDE": "My.demo=1.2.0"}),
        # it does not tell setuptools-scm for which package it asks
        ("hatch-vcs", {}),
        # theirs are for all packages, also for those that the build requires
        ("pdm-backend", {}),
        ("pbr", {}),
    ],
)
def test_a_tool_is_given_the_version_where_that_counts_for_this_package_only(
    tool: str, expected: dict[str, str]
) -> None:
    source = FromTags(tool, "[tool.demo]")

    assert expected == source.override("My.demo", Version("1.2.0"))
