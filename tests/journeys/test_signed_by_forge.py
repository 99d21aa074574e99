"""Release commits that GitHub makes, where a branch takes signed commits only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.journeys.forge_stage import BRANCH, forge_stage
from tests.journeys.github_stage import KillingGitHub, stage_on
from tests.journeys.stage import make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates
    from tests.journeys.github_stage import GitHubStage

# refuses what GitHub refuses, in its words
REFUSING = """#!/bin/sh
case $1 in refs/heads/main) ;; *) exit 0 ;; esac
for commit in $(git rev-list "$3" --not --all); do
  git cat-file commit "$commit" | grep -q '^gpgsig ' && continue
  echo "GH013: Repository rule violations found for $1." >&2
  echo "- Commits must have verified signatures." >&2
  exit 1
done
"""


@pytest.fixture
def town(tmp_path: Path, templates: Templates) -> Iterator[GitHubStage]:
    """A project on a GitHub whose main takes signed commits only."""
    with EmbeddedIndex() as index:
        stage = make_stage(tmp_path, index, templates)
        with KillingGitHub(stage.remote.path) as github:
            github.protect("refs/heads/main", required_signatures=None)
            hook = stage.remote.path / "hooks/update"
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(REFUSING, encoding="utf-8")
            hook.chmod(0o755)
            yield stage_on(stage.repo, stage.remote, index, github, stage.env)


def is_signed(repo: Repository, name: str) -> bool:
    return "\ngpgsig " in repo.git("cat-file", "commit", f"{name}^{{commit}}")


def branches(repo: Repository) -> list[str]:
    return repo.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()


class TestRelease:
    def test_is_made_by_github_where_main_demands_signatures(self, town: GitHubStage) -> None:
        preview = town.run("release")
        run = town.release()

        assert "make the release commit, which signs it" in " ".join(preview.out.split())
        assert 0 == run.code, run.err
        assert is_signed(town.remote, "main")
        assert town.remote.git("rev-parse", "main") == town.remote.git("rev-parse", "v0.1.1^{}")
        assert town.repo.git("rev-parse", "main") == town.remote.git("rev-parse", "main")
        assert "" == town.repo.git("status", "--porcelain")
        assert ["main"] == branches(town.remote)

    def test_signs_what_follows_the_release_too(self, town: GitHubStage) -> None:
        run = town.release(RELEASIO_VERSION_AFTER_RELEASE="dev")

        assert 0 == run.code, run.err
        assert [True, True] == [is_signed(town.remote, name) for name in ("main", "main^")]
        assert town.remote.git("rev-parse", "main^") == town.remote.git("rev-parse", "v0.1.1^{}")

    def test_takes_gits_own_commit_where_the_settings_say_so(self, town: GitHubStage) -> None:
        run = town.release(RELEASIO_GITHUB_COMMIT_WITH_API="false")

        assert 4 == run.code
        assert "verified signatures" in run.err
        assert "github.commit_with_api = true" in " ".join(run.err.split())
        assert "v0.1.1" not in town.remote.git("tag")

    def test_changes_nothing_where_a_file_cannot_be_committed(self, town: GitHubStage) -> None:
        hook = town.repo.path / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(
            "#!/bin/sh\nprintf run > tool; chmod +x tool; git add tool\n", encoding="utf-8"
        )
        hook.chmod(0o755)

        run = town.release()

        assert 1 == run.code
        assert "commits plain files only, and the release changes tool" in run.err
        assert "github.commit_with_api = false" in run.err
        assert ("v0.1.0", ["main"]) == (town.remote.git("tag"), branches(town.remote))

    @pytest.mark.parametrize("point", [1, 2])
    def test_is_finished_by_the_next_run_when_killed_in_it(
        self, town: GitHubStage, point: int
    ) -> None:
        killed = town.killed_at(point)
        run = town.release()

        assert 0 > killed.code
        assert 0 == run.code, run.err
        assert ["main"] == branches(town.remote)
        assert is_signed(town.remote, "v0.1.1")


class TestReleasePullRequest:
    def test_has_its_commit_signed_where_the_settings_ask_for_it(
        self, tmp_path: Path, templates: Templates
    ) -> None:
        for stage in forge_stage(tmp_path, templates):
            run = stage.propose(RELEASIO_GITHUB_COMMIT_WITH_API="true")

            assert 0 == run.code, run.err
            assert is_signed(stage.remote, BRANCH)
            assert ["main", BRANCH] == sorted(branches(stage.remote))
