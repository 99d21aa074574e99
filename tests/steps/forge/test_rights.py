"""Rights, asked before anything is changed: what is missing, how it is given, what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import NO_CREDENTIAL, Problems
from releasio.errors.forge.rights import RightMissing
from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.rights import Rights
from releasio.steps.forge.rights import rights_state
from releasio.steps.step import Blocked, Todo
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from releasio.rules.forge.rights import Right, TokenKind
    from releasio.world.world import World
    from tests.steps.scene import Scene

GITHUB = ForgePlace("github", "github.com", "ada", "demo", "https://api.github.com")
GITLAB = ForgePlace("gitlab", "gitlab.com", "ada", "demo", "https://gitlab.com/api/v4")
GITEA = ForgePlace("gitea", "codeberg.org", "ada", "demo", "https://codeberg.org/api/v1")
JOB = {
    "GITHUB_WORKFLOW_REF": "ada/demo/.github/workflows/release.yml@refs/heads/main",
    "GITHUB_JOB": "release",
}
READS = "permissions:\n  contents: read\njobs:\n  release:\n    steps: []\n"
WRITES = READS.replace("read", "write")


@dataclass
class Answering:
    """A forge that knows of its token what a test says."""

    place: ForgePlace
    known: Rights

    def rights(self) -> Rights:
        return self.known


def state(world: World, place: ForgePlace, known: Rights, *needed: Right) -> tuple[str, str] | str:
    """Return message and hint of what is missing, or what is said to be unknown."""
    match rights_state(world, Answering(place, known), *needed):  # type: ignore[arg-type] # all that is asked
        case Blocked(error):
            return str(error), error.hint
        case Todo(detail):
            return detail


def lacking(kind: TokenKind, right: Right) -> Rights:
    return Rights(kind, missing=frozenset({right}), source="GITHUB_TOKEN")


class TestMissing:
    @pytest.mark.parametrize(
        ("place", "kind", "right", "message", "hint"),
        [
            (
                GITHUB,
                "job",
                "contents",
                ", of this job, may not push or make releases on GitHub: it lacks contents: write",
                "Write contents: write under the job's permissions:.",
            ),
            (
                GITHUB,
                "job",
                "pull-requests",
                (
                    ", of this job, may not open pull requests on GitHub: it lacks pull-requests: "
                    "write"
                ),
                (
                    "Write pull-requests: write under the job's permissions: and tick Settings > "
                    "Actions > General > Allow GitHub Actions to create and approve pull requests."
                ),
            ),
            (
                GITHUB,
                "job",
                "workflows",
                ", of this job, may not change workflows on GitHub: it lacks Workflows: write",
                (
                    "No job's own token can have it: use the token of a GitHub App, or a "
                    "fine-grained one."
                ),
            ),
            (
                GITHUB,
                "classic",
                "contents",
                (
                    " may not push or make releases on GitHub: it lacks the scope repo, or its "
                    "account the right to write"
                ),
                (
                    "Give the token the scope repo (public_repo is enough for a public "
                    "repository); its account needs the role Write in ada/demo."
                ),
            ),
            (
                GITHUB,
                "classic",
                "workflows",
                " may not change workflows on GitHub: it lacks the scope workflow",
                "Give the token the scope workflow.",
            ),
            (
                GITHUB,
                "fine-grained",
                "contents",
                " may not push or make releases on GitHub: it lacks Contents: Read and write",
                (
                    "Give it Contents: Read and write, for ada/demo; an owner of the organization "
                    "may have to approve that."
                ),
            ),
            (
                GITHUB,
                "app",
                "pull-requests",
                " may not open pull requests on GitHub: it lacks Pull requests: Read and write",
                (
                    "Give it Pull requests: Read and write, for ada/demo; an owner of the "
                    "organization may have to approve that."
                ),
            ),
            (
                GITHUB,
                "unknown",
                "issues",
                " may not make labels on GitHub: it lacks issues: write",
                "Its account needs the role Write in ada/demo.",
            ),
            (
                GITLAB,
                "job",
                "pull-requests",
                ", of this job, may not open pull requests on GitLab: it lacks the scope api",
                (
                    "Set GITLAB_TOKEN to a project access token with the scope api and the role "
                    "Developer: a job's own token can make releases, and nothing else."
                ),
            ),
            (
                GITLAB,
                "personal",
                "contents",
                (
                    " may not push or make releases on GitLab: it lacks the scope api or the role "
                    "Developer"
                ),
                "Give the token the scope api, and its account the role Developer in ada/demo.",
            ),
            (
                GITEA,
                "personal",
                "contents",
                " may not push or make releases on Gitea (codeberg.org): it lacks write:repository",
                (
                    "Give the token the scope write:repository, and its account the right to write "
                    "ada/demo."
                ),
            ),
            (
                GITEA,
                "job",
                "issues",
                ", of this job, may not make labels on Gitea (codeberg.org): it lacks write:issue",
                "Set GITEA_TOKEN to a token of an account that may write the repository.",
            ),
        ],
    )
    def test_is_named_with_its_fix(
        self,
        scene: Scene,
        place: ForgePlace,
        kind: TokenKind,
        right: Right,
        message: str,
        hint: str,
    ) -> None:
        expected = (f"the token from GITHUB_TOKEN{message}", hint)

        assert expected == state(scene.world, place, lacking(kind, right), right)

    def test_is_all_named_at_once(self, scene: Scene) -> None:
        known = Rights("app", missing=frozenset({"contents", "pull-requests"}))
        blocked = rights_state(scene.world, Answering(GITHUB, known), "contents", "pull-requests")  # type: ignore[arg-type] # all that is asked

        assert isinstance(blocked, Blocked)
        assert isinstance(blocked.error, Problems)
        assert 2 == len(blocked.error.problems)
        assert NO_CREDENTIAL == blocked.error.worst

    def test_of_another_deed_is_of_no_importance(self, scene: Scene) -> None:
        known = replace(lacking("app", "pull-requests"), granted=frozenset({"contents"}))

        assert "" == state(scene.world, GITHUB, known, "contents")


class TestUnknown:
    def test_is_said_to_be(self, scene: Scene) -> None:
        known = Rights("fine-grained", granted=frozenset({"contents"}), source="GH_TOKEN")

        assert "whether the token from GH_TOKEN may open pull requests on GitHub is not known" == (
            state(scene.world, GITHUB, known, "contents", "pull-requests")
        )


class TestJob:
    """A job's own token cannot be asked, so its workflow is read."""

    @pytest.fixture
    def known(self) -> Rights:
        return Rights("job", source="GITHUB_TOKEN")

    def job(self, scene: Scene, workflow: str, **env: str) -> World:
        scene.repo.commit("ci: release", **{".github/workflows/release.yml": workflow})
        world, _ = world_of(scene.repo.path, **(JOB | env))
        return world

    def test_that_may_write(self, scene: Scene, known: Rights) -> None:
        assert "" == state(self.job(scene, WRITES), GITHUB, known, "contents")

    def test_that_may_only_read_is_told_where_that_stands(
        self, scene: Scene, known: Rights
    ) -> None:
        blocked = rights_state(self.job(scene, READS), Answering(GITHUB, known), "contents")  # type: ignore[arg-type] # all that is asked

        assert isinstance(blocked, Blocked)
        assert isinstance(blocked.error, RightMissing)
        assert (".github/workflows/release.yml", 1) == (blocked.error.path, blocked.error.line)

    def test_what_the_forge_knows_counts_more(self, scene: Scene, known: Rights) -> None:
        known = replace(known, granted=frozenset({"contents"}))

        assert "" == state(self.job(scene, READS), GITHUB, known, "contents")

    @pytest.mark.parametrize(
        ("workflow", "env"),
        [
            ("jobs:\n  release:\n    steps: []\n", {}),
            (READS, {"GITHUB_JOB": "called"}),
            (READS, {"GITHUB_WORKFLOW_REF": ""}),
            (READS, {"GITHUB_WORKFLOW_REF": JOB["GITHUB_WORKFLOW_REF"].replace("ada", "eve")}),
            (READS, {"GITHUB_WORKFLOW_REF": "ada/demo/.github/workflows/no.yml@refs/heads/main"}),
        ],
    )
    def test_whose_workflow_does_not_say_is_not_known(
        self, scene: Scene, known: Rights, workflow: str, env: dict[str, str]
    ) -> None:
        world = self.job(scene, workflow, **env)

        assert (
            "whether the token from GITHUB_TOKEN may push or make releases on GitHub is not known"
            == state(world, GITHUB, known, "contents")
        )

    def test_another_token_is_not_the_workflow_s(self, scene: Scene) -> None:
        known = Rights("fine-grained", granted=frozenset({"contents"}))

        assert "" == state(self.job(scene, READS), GITHUB, known, "contents")
