"""Commits that GitHub makes and signs, and workflows that it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeForbids, ForgeRefused

if TYPE_CHECKING:
    from tests.fakes.repository import Repository
    from tests.world.forge.github.conftest import Desk

MESSAGE = "chore: release 1.3.0\n\nRelease-Version: 1.3.0"
LOST = ["reset-after", "502-after", "cut"]


@pytest.fixture
def parent(project: Repository) -> str:
    project.git("push", "origin", "main:releasio/commit")
    return project.git("rev-parse", "main")


class TestCreateCommit:
    def test_it_is_signed_and_can_be_fetched(
        self, desk: Desk, project: Repository, parent: str
    ) -> None:
        files = {"docs/new.md": b"\x00\xff", "pyproject.toml": None}
        commit = desk.client().create_commit("releasio/commit", parent, MESSAGE, files)
        project.git("fetch", "origin")

        assert commit == project.git("rev-parse", "origin/releasio/commit")
        assert parent == project.git("rev-parse", f"{commit}^")
        assert MESSAGE == project.git("log", "-1", "--format=%B", commit).strip()
        assert "docs/new.md" == project.git("ls-tree", "-r", "--name-only", commit)
        assert "gpgsig" in project.git("cat-file", "commit", commit)
        assert commit in desk.github.state.verified

    def test_a_branch_that_moved_is_left_alone(
        self, desk: Desk, project: Repository, parent: str
    ) -> None:
        project.commit("feat: meanwhile", **{"other.txt": "1"})
        project.git("push", "origin", "main:releasio/commit")
        with pytest.raises(ForgeRefused) as refusal:
            desk.client().create_commit("releasio/commit", parent, MESSAGE, {"a": b""})

        assert f"{desk.place.name} refused to commit on releasio/commit (200): " in (
            str(refusal.value)
        )
        assert "Expected branch to point to" in str(refusal.value)

    @pytest.mark.parametrize("fault", [*LOST, "reset-before", "503-before"])
    def test_it_is_made_once(self, desk: Desk, parent: str, fault: str) -> None:
        desk.github.fail(fault, "graphql")
        commit = desk.client().create_commit("releasio/commit", parent, MESSAGE, {"a": b"a"})

        assert f"{commit}\n{parent}" == desk.github.git.line(
            "rev-list", "--max-count=2", "releasio/commit"
        )

    def test_what_a_token_may_not_change_is_named(self, desk: Desk, parent: str) -> None:
        files: dict[str, bytes | None] = {".github/workflows/ci.yml": b"on: push\n"}
        client = desk.client(desk.github.job_token())
        with pytest.raises(ForgeForbids, match="update workflow"):
            client.create_commit("releasio/commit", parent, MESSAGE, files)

    def test_a_rule_of_the_branch_stands_in_the_way(self, desk: Desk, parent: str) -> None:
        desk.github.protect("refs/heads/releasio/*", pull_request={})
        with pytest.raises(ForgeRefused) as refusal:
            desk.client().create_commit("releasio/commit", parent, MESSAGE, {"a": b"a"})

        assert "Changes must be made through a pull request." in str(refusal.value)
        assert "Settings > Rules > Rulesets" in refusal.value.hint


class TestDispatch:
    @pytest.fixture(autouse=True)
    def workflow(self, desk: Desk) -> None:
        desk.github.state.workflows = ("docs.yml",)

    def test_a_workflow_is_started_on_the_tag(self, desk: Desk) -> None:
        desk.client().dispatch("docs.yml", "v1.2.0", {"version": "1.2.0"})

        (run,) = desk.github.state.runs
        assert ("docs.yml", "v1.2.0", {"version": "1.2.0"}) == (run.workflow, run.ref, run.inputs)

    @pytest.mark.parametrize("fault", [*LOST, "reset-before", "503-before"])
    def test_it_is_started_once(self, desk: Desk, fault: str) -> None:
        client = desk.client()
        client.dispatch("docs.yml", "v1.2.0", {})
        desk.github.fail(fault, "actions/create-workflow-dispatch")
        client.dispatch("docs.yml", "main", {})

        assert ["v1.2.0", "main"] == [run.ref for run in desk.github.state.runs]

    def test_one_that_is_not_there_is_said_to_be_missing(self, desk: Desk) -> None:
        with pytest.raises(ForgeRefused) as refusal:
            desk.client().dispatch("deploy.yml", "main", {})

        assert (
            f"{desk.place.name} refused to start deploy.yml (404): there is no such workflow"
            == (str(refusal.value))
        )
        assert "workflow_dispatch" in refusal.value.hint

    def test_the_right_that_it_takes_is_named(self, desk: Desk) -> None:
        token = desk.github.token("fine-grained", permissions={"actions": "read"})
        with pytest.raises(ForgeForbids) as refusal:
            desk.client(token).dispatch("docs.yml", "main", {})

        assert "Actions (read and write)" in refusal.value.hint
