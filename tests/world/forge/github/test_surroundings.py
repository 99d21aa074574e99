"""What jobs find in a repository on GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.environments.rules import (
    EnvironmentRules,
    JobSurroundings,
    RefPattern,
)

if TYPE_CHECKING:
    from tests.world.forge.github.conftest import Desk


def test_every_rule_of_an_environment_is_read(desk: Desk) -> None:
    desk.github.environment("pypi", reviewers=("ada",), wait=30, branches=("main",), tags=("v*",))
    desk.github.environment("test/pypi", protected_only=True)
    desk.github.environment("docs")

    assert (
        EnvironmentRules(
            "pypi",
            has_reviewers=True,
            wait=30,
            patterns=(RefPattern("branch", "main"), RefPattern("tag", "v*")),
        ),
        EnvironmentRules("test/pypi", protected_only=True),
        EnvironmentRules("docs"),
    ) == desk.client().job_surroundings().environments


def test_an_environment_whose_name_has_a_slash_has_its_patterns(desk: Desk) -> None:
    desk.github.environment("test/pypi", tags=("v*",))

    (environment,) = desk.client().job_surroundings().environments or ()

    assert (RefPattern("tag", "v*"),) == environment.patterns


def test_a_repository_without_environments_has_none(desk: Desk) -> None:
    desk.github.settings.private = True

    assert JobSurroundings("acme/demo", is_private=True, environments=()) == (
        desk.client().job_surroundings()
    )


def test_who_may_not_see_them_does_not_know_them(desk: Desk) -> None:
    desk.github.environment("pypi")
    token = desk.github.token("fine-grained", permissions={"contents": "read"})

    assert JobSurroundings("acme/demo") == desk.client(token).job_surroundings()
