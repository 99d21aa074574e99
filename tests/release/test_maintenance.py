"""A branch for an older line, beside one that has gone on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.project.branch import OutsideRange
from releasio.release.decision import Refused, decide
from tests.look import Look, offline, set_version

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

SETTINGS = '[branches.maintenance]\nmatch = "*.x"\nrange = "{branch}"\n'


@pytest.fixture
def maintained(project: Repository) -> Repository:
    """1.2.x, begun at v1.2.0, while main has released 1.3.0 and 2.0.0."""
    for version in ("1.3.0", "2.0.0"):
        set_version(project, version)
        project.tag(f"v{version}")
    project.git("switch", "--quiet", "--create", "1.2.x", "v1.2.0")
    project.commit("ci: settings", **{".releasio.toml": SETTINGS})
    return project


def problems(look: Look) -> list[str]:
    match decide(look.facts()):
        case Refused(problems, _):
            return [str(problem) for problem in problems]
    return []


def test_counts_only_what_it_descends_from(maintained: Repository) -> None:
    maintained.commit("fix: an old mistake")

    assert "new v1.2.1" == offline(maintained).outcome()


def test_refuses_a_feature(maintained: Repository) -> None:
    maintained.commit("feat: too late", **{"demo/late.py": ""})
    error = OutsideRange("1.3.0", "1.2.x", "1.2.x")

    assert str(error) in problems(offline(maintained))


def test_refuses_what_somebody_prepared_for_another_line(maintained: Repository) -> None:
    maintained.commit("fix: an old mistake")
    set_version(maintained, "1.4.0")
    error = OutsideRange("1.4.0", "1.2.x", "1.2.x")

    assert [str(error)] == problems(offline(maintained))


def test_makes_a_patch_release_of_it_where_that_is_set(maintained: Repository) -> None:
    settings = f'{SETTINGS}beyond_range = "patch"\n'
    maintained.commit("feat: too late", **{"demo/late.py": "", ".releasio.toml": settings})
    look = offline(maintained)

    assert "new v1.2.1" == look.outcome()
    assert (
        "1.3.0 is outside of 1.2.x: the patch number is raised instead (beyond_range)"
    ) in look.reasons
