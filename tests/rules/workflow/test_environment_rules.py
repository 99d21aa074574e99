"""Which branches and tags may use an environment."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.environments.rules import (
    EnvironmentRules,
    JobSurroundings,
    RefKind,
    RefPattern,
    rules_of,
)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("v*", "v1.0", True),
        ("v*", "v1.0-dev-3", True),
        ("v*", "release/v1.0", False),
        ("v*", "v1/0", False),
        ("*", "v1.0", True),
        ("*", "a/b", False),
        ("**/*", "a/b/c", True),
        ("**/*", "a", True),
        ("v*-dev-*", "v1.0-dev-3", True),
        ("v*-dev-*", "v1.0", False),
        ("v[0-9].?", "v1.0", True),
        ("v[0-9].?", "v1./", False),
        ("v[!0-9]*", "v1", False),
        ("v[^0-9]*", "va", True),
        ("v1.0", "v1x0", False),
        ("v[", "v[", True),
    ],
)
def test_patterns_are_those_of_file_names(pattern: str, name: str, *, matches: bool) -> None:
    assert matches == RefPattern("tag", pattern).matches("tag", name)


@pytest.mark.parametrize(
    ("rules", "kind", "takes"),
    [
        (EnvironmentRules("a"), "tag", True),
        (EnvironmentRules("a", protected_only=True), "tag", False),
        (EnvironmentRules("a", protected_only=True), "branch", None),
        (EnvironmentRules("a", patterns=(RefPattern("branch", "*"),)), "tag", False),
        (EnvironmentRules("a", patterns=(RefPattern("branch", "*"),)), "branch", True),
        (EnvironmentRules("a", patterns=()), "branch", False),
    ],
)
def test_a_pattern_for_branches_takes_no_tag(
    rules: EnvironmentRules, kind: RefKind, *, takes: bool | None
) -> None:
    assert takes == rules.takes(kind, "v1")


def test_what_github_leaves_out_is_no_rule() -> None:
    document = {"name": "pypi", "protection_rules": None, "deployment_branch_policy": None}

    assert EnvironmentRules("pypi") == rules_of(document, [])


def test_names_of_environments_have_no_case() -> None:
    surroundings = JobSurroundings("acme/demo", environments=(EnvironmentRules("PyPI"),))

    assert EnvironmentRules("PyPI") == surroundings.environment("pypi")
    assert surroundings.environment("testpypi") is None
    assert JobSurroundings("acme/demo").environment("pypi") is None
