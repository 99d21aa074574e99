from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import CommitRefused, NoIdentity
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Blocked, Done, Todo
from tests.steps.scene import TAG, world_of
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.scene import Scene

MESSAGE = "chore(release): prepare v1.0.0"


@pytest.fixture
def step(scene: Scene) -> Commit:
    """The commit of an open tree with one new file."""
    OpenTree(scene.base).apply(scene.world)
    assert scene.world.tree is not None
    (scene.world.tree.root / "NEW").write_bytes(b"new\n")
    return Commit(MESSAGE, scene.base, TAG)


class TestCommit:
    def test_says_its_message(self) -> None:
        assert f'commit as "{MESSAGE}"' == str(Commit(MESSAGE, "0" * 40, TAG))

    def test_to_do_without_a_tree(self, scene: Scene) -> None:
        step = Commit(MESSAGE, scene.base, TAG)

        assert Todo() == step.probe(scene.world)
        with pytest.raises(RuntimeError, match="a commit needs an open tree"):
            step.apply(scene.world)

    def test_blocked_where_git_does_not_know_who_commits(self, scene: Scene, sandbox: Path) -> None:
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
        step = Commit(MESSAGE, scene.base, TAG)
        nobody = step.probe(scene.world)
        OpenTree(scene.base).apply(scene.world)
        nobody_in_the_tree = step.probe(scene.world)
        scene.repo.git("config", "user.name", "Ada")
        scene.repo.git("config", "user.email", "ada@example.org")

        for state in (nobody, nobody_in_the_tree):
            assert isinstance(state, Blocked)
            assert isinstance(state.error, NoIdentity)
        assert Todo() == step.probe(scene.world)

    @pytest.mark.parametrize("missing", ["AUTHOR", "COMMITTER"])
    def test_blocked_where_author_or_committer_is_missing(
        self, scene: Scene, sandbox: Path, missing: str
    ) -> None:
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
        known = "COMMITTER" if missing == "AUTHOR" else "AUTHOR"
        who = {f"GIT_{known}_NAME": "Ada", f"GIT_{known}_EMAIL": "ada@example.org"}
        world, _ = world_of(scene.repo.path, **who)

        assert isinstance(Commit(MESSAGE, scene.base, TAG).probe(world), Blocked)

    def test_to_do_then_done(self, scene: Scene, step: Commit) -> None:
        before = step.probe(scene.world)
        step.apply(scene.world)

        assert (Todo(), Done()) == (before, step.probe(scene.world))

    def test_is_kept_under_a_private_ref_and_seen_nowhere_else(
        self, scene: Scene, step: Commit
    ) -> None:
        before = scene.visible()
        step.apply(scene.world)

        assert before == scene.visible()
        assert "refs/releasio/v1.0.0/commit" == scene.private()

    def test_has_new_files_that_an_ignore_rule_matches_and_names_the_rule(
        self, scene: Scene
    ) -> None:
        scene.base = scene.repo.commit("chore: ignore", **{".gitignore": "dist/\nCHANGE*\n"})
        step = Commit(MESSAGE, scene.base, TAG, ("CHANGELOG.md",))
        ahead = step.probe(scene.world)
        OpenTree(scene.base).apply(scene.world)
        assert scene.world.tree is not None
        (scene.world.tree.root / "CHANGELOG.md").write_bytes(b"# Changelog\n")
        step.apply(scene.world)

        note = "CHANGELOG.md is committed, although .gitignore:2: CHANGE* ignores it"
        assert Todo(note) == ahead
        assert [note] == scene.screen.notes
        made = scene.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        assert "CHANGELOG.md" in scene.repo.git("ls-tree", "--name-only", made).split()

    def test_has_new_files_that_the_user_s_own_rules_match(
        self, scene: Scene, step: Commit, sandbox: Path
    ) -> None:
        excludes = sandbox / "excludes"
        excludes.write_text("NEW\n", encoding="utf-8")
        scene.repo.git("config", "core.excludesFile", str(excludes))
        step = Commit(MESSAGE, scene.base, TAG, ("NEW",))
        step.apply(scene.world)

        made = scene.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        assert "NEW" in scene.repo.git("ls-tree", "--name-only", made).split()
        assert scene.screen.notes[0].endswith("excludes:1: NEW ignores it")

    def test_does_not_mind_line_ends_that_git_converts(self, scene: Scene, step: Commit) -> None:
        scene.repo.git("config", "core.autocrlf", "true")
        scene.repo.git("config", "core.safecrlf", "true")
        step.apply(scene.world)

        made = scene.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        assert "new" == scene.repo.git("show", f"{made}:NEW")
        assert f"{MESSAGE}\n{scene.base}" == scene.repo.git(
            "log", "-1", "--format=%s%n%P", "refs/releasio/v1.0.0/commit"
        )

    def test_holds_all_that_the_steps_before_wrote(self, scene: Scene, step: Commit) -> None:
        step.apply(scene.world)

        assert "NEW" == scene.repo.git(
            "diff", "--name-only", scene.base, "refs/releasio/v1.0.0/commit"
        )

    def test_what_a_hook_committed_itself_is_kept_too(self, scene: Scene, step: Commit) -> None:
        assert scene.world.tree is not None
        scene.world.tree.process.run("add", "--all")
        scene.world.tree.process.run("commit", "--quiet", "-m", "chore: of the hook's own")
        before = step.probe(scene.world)
        step.apply(scene.world)

        assert (Todo(), Done()) == (before, step.probe(scene.world))
        assert f"chore: of the hook's own\n{scene.base}" == scene.repo.git(
            "log", "-1", "--format=%s%n%P", "refs/releasio/v1.0.0/commit"
        )

    def test_twice_is_once(self, scene: Scene, step: Commit) -> None:
        step.apply(scene.world)
        first = scene.repo.git("rev-parse", "refs/releasio/v1.0.0/commit")
        step.apply(scene.world)

        assert first == scene.repo.git("rev-parse", "refs/releasio/v1.0.0/commit")

    def test_a_hook_that_refuses_leaves_everything_as_it_was(
        self, scene: Scene, step: Commit
    ) -> None:
        hook(scene.repo.path / ".git", "commit-msg", "raise SystemExit('no ticket in the subject')")
        before = scene.visible()

        with pytest.raises(CommitRefused, match="no ticket in the subject"):
            step.apply(scene.world)

        assert (before, "") == (scene.visible(), scene.private())
        assert Todo() == step.probe(scene.world)
