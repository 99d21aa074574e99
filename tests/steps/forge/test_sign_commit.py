from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.commit import ForgeCannotCommit, ForgeCommitDiffers
from releasio.errors.forge.lacks import ForgeLacks
from releasio.errors.git.push import NoRemote
from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.steps.forge.sign_commit import SignCommit
from releasio.steps.step import Blocked, Todo
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from tests.steps.forge.conftest import ForgeScene

REF = "refs/releasio/v1.1/commit"


@pytest.fixture
def step(forge: ForgeScene) -> SignCommit:
    """A commit in the scratch work tree, which nobody signed."""
    tree = forge.world.git.scratch.open(forge.repo.head)
    forge.run.tree = tree
    (tree.root / "pyproject.toml").write_text("version", encoding="utf-8")
    tree.commits.stage_all(("pyproject.toml",))
    commit = tree.commits.commit_all("chore: release\n\nwhy", forge.world.dated(), ())
    forge.world.git.ref_changes.point(REF, commit)
    return SignCommit(forge.page.place, forge.world.git.remotes.chosen(), (REF,), "v1.1")


class TestSignCommit:
    def test_is_to_do_where_the_forge_signs(self, forge: ForgeScene, step: SignCommit) -> None:
        assert Todo() == step.probe(forge.world)
        name = forge.page.place.name
        assert f"have {name} make the release commit, which signs it" == str(step)

    def test_replaces_the_commit_by_one_of_the_same_files(
        self, forge: ForgeScene, step: SignCommit
    ) -> None:
        git = forge.world.git
        commit = git.refs.read(REF) or ""

        step.apply(forge.world, forge.run)

        signed = git.refs.read(REF) or ""
        assert signed != commit
        assert [] == git.commits.differing(commit, signed)
        info = git.history.commit(signed)
        assert ((forge.repo.head,), "chore: release\n\nwhy") == (info.parents, info.message)
        assert signed == forge.run.open_tree.work_tree.head()
        assert signed in forge.github.state.verified

    def test_takes_no_other_files_than_it_gave(self, forge: ForgeScene, step: SignCommit) -> None:
        commit = forge.world.git.refs.read(REF)
        forge.github.garble_next_commit()

        with pytest.raises(ForgeCommitDiffers) as failure:
            step.apply(forge.world, forge.run)

        assert "with other contents than it was given: stray.txt" in str(failure.value)
        assert "github.commit_with_api = false" in failure.value.hint
        assert commit == forge.world.git.refs.read(REF)

    def test_commits_plain_files_alone(self, forge: ForgeScene, step: SignCommit) -> None:
        tree = forge.run.open_tree
        (tree.root / "link").symlink_to("pyproject.toml")
        tree.commits.stage_all(("link",))
        forge.world.git.ref_changes.point(
            REF, tree.commits.commit_all("chore: link", forge.world.dated(), ())
        )

        with pytest.raises(ForgeCannotCommit) as failure:
            step.apply(forge.world, forge.run)

        assert "commits plain files only, and the release changes link" in str(failure.value)
        assert "keep hooks from changing that file" in failure.value.hint

    def test_is_blocked_where_the_forge_signs_nothing(
        self, forge: ForgeScene, step: SignCommit
    ) -> None:
        world, _ = world_of(forge.repo.path, GITLAB_TOKEN="glpat-0123456789")
        place = ForgePlace("gitlab", "gitlab.com", "acme", "demo", "https://gitlab.com/api/v4")

        state = replace(step, place=place).probe(world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, ForgeLacks)
        assert "GitLab has no commits that it signs" == str(state.error)

    def test_needs_a_remote(self, forge: ForgeScene, step: SignCommit) -> None:
        state = replace(step, remote=None).probe(forge.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, NoRemote)
