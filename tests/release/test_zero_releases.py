"""The releases before 1.0.0 tell which of the two rules a project follows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.release.reading.gather import gather
from releasio.rules.bump.request import Request
from tests.fakes.projects import static_project
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


def warnings(
    repo: Repository, releases: str, subject: str = "feat: next", *, tables: str = ""
) -> tuple[str, ...]:
    """
    Return what is said before the release of *subject*, after *releases* with a feature each.
    """
    static_project(
        repo, version=releases.rsplit(maxsplit=1)[-1], tables=tables, message="chore: begin"
    )
    for version in releases.split():
        repo.commit(f"feat: in {version}")
        repo.git("tag", f"v{version}")
    repo.commit(subject)
    world, _ = world_of(repo.path)
    with closing(world):
        facts = gather(world, load(repo.path, {}), Request())
    return facts.package().reading.warnings


def test_that_fit_only_the_other_rule_are_named(repo: Repository) -> None:
    (warning,) = warnings(repo, "0.1.0 0.1.1 0.1.2 0.1.3 0.1.4 0.1.5 0.2.0")

    assert (
        '5 releases of this project before 1.0.0 fit only the other rule, version.zero = "lower" '
        '(0.1.5, 0.1.4, 0.1.3 ...), and 1 only "minor"; set version.zero to the one that is meant'
    ) == warning


@pytest.mark.parametrize(
    "releases",
    [
        "0.1.0 0.1.1 0.1.2 0.1.3 0.1.4",
        "0.1.0 0.2.0 0.3.0 0.4.0 0.5.0 0.6.0",
        "0.1.0 0.1.1 0.1.2 0.1.3 0.1.4 0.1.5 0.2.0 0.3.0 0.4.0 0.5.0 0.6.0",
        "0.1.0 0.1.1a1 0.1.1a2 0.1.1a3 0.1.1a4 0.1.1a5 0.1.1a6",
        "0.1.1 0.1.2 0.1.3 0.1.4 0.1.5 0.1.6 1.0.0",
    ],
)
def test_that_are_too_few_or_fit_the_rule_are_not(repo: Repository, releases: str) -> None:
    assert () == warnings(repo, releases)


@pytest.mark.parametrize("subject", ["fix: next", "feat!: next", "docs: next"])
def test_do_not_matter_where_both_rules_say_the_same(repo: Repository, subject: str) -> None:
    assert () == warnings(repo, "0.1.0 0.1.1 0.1.2 0.1.3 0.1.4 0.1.5", subject)


@pytest.mark.parametrize("zero", ["minor", "lower"])
def test_do_not_matter_where_somebody_chose_the_rule(repo: Repository, zero: str) -> None:
    tables = f'[tool.releasio.version]\nzero = "{zero}"\n'

    assert () == warnings(repo, "0.1.0 0.1.1 0.1.2 0.1.3 0.1.4 0.1.5", tables=tables)
