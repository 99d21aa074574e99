from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import ChangelogConfig
from releasio.errors.project.changelog import ChangelogBehind
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build, Check
from releasio.steps.step import Blocked
from releasio.world.git.git import Git
from releasio.world.run import Run
from releasio.world.world import World
from tests.fakes.projects import static_project
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


def check_of(repo: Repository) -> tuple[Check, World]:
    world = World(Git.open(repo.path, os.environ), repo.path, os.environ, Quiet())
    artefacts = Artefacts(
        "demo", "0.1.0", "v0.1.0", repo.head, "", changelog=("CHANGELOG.md", ChangelogConfig())
    )
    return Check(artefacts), world


def built(repo: Repository) -> tuple[Check, World]:
    check, world = check_of(repo)
    Build(check.artefacts).apply(world, Run(world))
    return check, world


class TestChangelogGate:
    def test_a_changelog_without_the_version_stops_the_release(self, repo: Repository) -> None:
        static_project(repo)
        repo.commit("docs: begin a changelog", **{"CHANGELOG.md": "# Changelog\n\n## 0.0.9\n"})
        check, world = built(repo)

        with pytest.raises(ChangelogBehind) as caught:
            check.apply(world, Run(world))

        assert "CHANGELOG.md has no section for 0.1.0" == str(caught.value)
        assert "changelog.enabled = false" in caught.value.hint

    def test_it_is_known_before_the_build(self, repo: Repository) -> None:
        static_project(repo)
        repo.commit("docs: begin a changelog", **{"CHANGELOG.md": "# Changelog\n\n## 0.0.9\n"})
        check, world = check_of(repo)
        state = check.probe(world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, ChangelogBehind)

    @pytest.mark.parametrize(
        ("text", "heading"),
        [
            ("## 0.1.0 (unreleased)\n\n- a\n", "0.1.0 (unreleased)"),
            ("## Version 0.1.0\n\nUnreleased\n\n- a\n", "Version 0.1.0"),
        ],
    )
    def test_a_section_that_is_still_called_unreleased_stops_it(
        self, repo: Repository, text: str, heading: str
    ) -> None:
        static_project(repo)
        repo.commit("docs: begin", **{"CHANGELOG.md": f"# Changelog\n\n{text}"})
        check, world = built(repo)

        with pytest.raises(ChangelogBehind) as caught:
            check.apply(world, Run(world))

        assert f"CHANGELOG.md says that 0.1.0 is not released yet: line 3, `{heading}`" == str(
            caught.value
        )

    def test_a_section_is_enough(self, repo: Repository) -> None:
        static_project(repo)
        repo.commit("docs: begin", **{"CHANGELOG.md": "# Changelog\n\n## [0.1.0] - 2024-01-01\n"})
        check, world = built(repo)

        check.apply(world, Run(world))

    def test_no_changelog_is_nobody_s_fault(self, repo: Repository) -> None:
        check, world = built(static_project(repo))

        check.apply(world, Run(world))

    def test_one_that_was_forgotten_in_the_commit_stops_it(self, repo: Repository) -> None:
        static_project(repo)
        repo.write("CHANGELOG.md", "# Changelog\n\n## [0.1.0] - 2024-01-01\n")
        check, world = built(repo)

        with pytest.raises(ChangelogBehind) as caught:
            check.apply(world, Run(world))

        assert (
            "CHANGELOG.md is not committed, so the release commit has no section for 0.1.0"
            == str(caught.value)
        )
