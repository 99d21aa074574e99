from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.git.commands import (
    CommitRefused,
    NoIdentity,
    SigningFailed,
    VersionChangedByHook,
)
from releasio.frozen import replace
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Blocked, Todo
from releasio.text.command_line import ON_WINDOWS
from tests.steps.scene import TAG, world_of
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.scene import Scene

MESSAGE = "chore(release): prepare v1.0.0"


@pytest.fixture
def step(scene: Scene) -> Commit:
    """The commit of an open tree with one new file."""
    OpenTree(scene.base).apply(scene.world, scene.run)
    assert scene.run.tree is not None
    (scene.run.tree.root / "NEW").write_bytes(b"new\n")
    return Commit(MESSAGE, scene.base, (TAG,))


class TestCommit:
    def test_says_its_message(self) -> None:
        assert f'commit as "{MESSAGE}"' == str(Commit(MESSAGE, "0" * 40, (TAG,)))

    def test_to_do_without_a_tree(self, scene: Scene) -> None:
        step = Commit(MESSAGE, scene.base, (TAG,))

        assert Todo() == step.probe(scene.world)
        with pytest.raises(RuntimeError, match="the scratch work tree is not open"):
            step.apply(scene.world, scene.run)

    def test_a_kept_ref_that_is_the_base_is_no_release_commit(
        self, scene: Scene, step: Commit
    ) -> None:
        scene.repo.git("update-ref", f"refs/releasio/{TAG}/commit", scene.base)

        assert Todo() == step.probe(scene.world)

    def test_blocked_where_git_does_not_know_who_commits(self, scene: Scene, sandbox: Path) -> None:
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
        step = Commit(MESSAGE, scene.base, (TAG,))
        state = step.probe(scene.world)
        scene.repo.git("config", "user.name", "Ada")
        scene.repo.git("config", "user.email", "ada@example.org")

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

        assert isinstance(Commit(MESSAGE, scene.base, (TAG,)).probe(world), Blocked)

    def test_is_kept_under_a_private_ref_and_seen_nowhere_else(
        self, scene: Scene, step: Commit
    ) -> None:
        before = scene.visible()
        step.apply(scene.world, scene.run)

        assert before == scene.visible()
        assert "refs/releasio/v1.0.0/commit" == scene.private()

    def test_has_new_files_that_an_ignore_rule_matches_and_names_the_rule(
        self, scene: Scene
    ) -> None:
        scene.base = scene.repo.commit("chore: ignore", **{".gitignore": "dist/\nCHANGE*\n"})
        step = Commit(MESSAGE, scene.base, (TAG,), ("CHANGELOG.md",))
        ahead = step.probe(scene.world)
        OpenTree(scene.base).apply(scene.world, scene.run)
        assert scene.run.tree is not None
        (scene.run.tree.root / "CHANGELOG.md").write_bytes(b"# Changelog\n")
        step.apply(scene.world, scene.run)

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
        step = Commit(MESSAGE, scene.base, (TAG,), ("NEW",))
        step.apply(scene.world, scene.run)

        made = scene.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        assert "NEW" in scene.repo.git("ls-tree", "--name-only", made).split()
        assert scene.screen.notes[0].endswith("excludes:1: NEW ignores it")

    def test_does_not_mind_line_ends_that_git_converts(self, scene: Scene, step: Commit) -> None:
        scene.repo.git("config", "core.autocrlf", "true")
        scene.repo.git("config", "core.safecrlf", "true")
        step.apply(scene.world, scene.run)

        made = scene.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        assert "new" == scene.repo.git("show", f"{made}:NEW")
        assert f"{MESSAGE}\n{scene.base}" == scene.repo.git(
            "log", "-1", "--format=%s%n%P", "refs/releasio/v1.0.0/commit"
        )

    def test_holds_all_that_the_steps_before_wrote(self, scene: Scene, step: Commit) -> None:
        step.apply(scene.world, scene.run)

        assert "NEW" == scene.repo.git(
            "diff", "--name-only", scene.base, "refs/releasio/v1.0.0/commit"
        )

    def test_what_a_hook_committed_itself_is_kept_too(self, scene: Scene, step: Commit) -> None:
        assert scene.run.tree is not None
        scene.run.tree.process.run("add", "--all")
        scene.run.tree.process.run("commit", "--quiet", "-m", "chore: of the hook's own")
        step.apply(scene.world, scene.run)

        assert f"chore: of the hook's own\n{scene.base}" == scene.repo.git(
            "log", "-1", "--format=%s%n%P", "refs/releasio/v1.0.0/commit"
        )

    def test_twice_is_once(self, scene: Scene, step: Commit) -> None:
        step.apply(scene.world, scene.run)
        first = scene.repo.git("rev-parse", "refs/releasio/v1.0.0/commit")
        step.apply(scene.world, scene.run)

        assert first == scene.repo.git("rev-parse", "refs/releasio/v1.0.0/commit")

    def test_a_hook_that_refuses_leaves_everything_as_it_was(
        self, scene: Scene, step: Commit
    ) -> None:
        hook(scene.repo.path / ".git", "commit-msg", "raise SystemExit('no ticket in the subject')")
        before = scene.visible()

        with pytest.raises(CommitRefused, match="no ticket in the subject"):
            step.apply(scene.world, scene.run)

        runs = "git's hook commit-msg runs, and what it does is not known"
        assert (before, "") == (scene.visible(), scene.private())
        assert Todo(runs) == step.probe(scene.world)


class TestHooksOfGit:
    def test_those_that_will_run_are_named_ahead(self, scene: Scene, tmp_path: Path) -> None:
        git_directory = scene.repo.path / ".git"
        hook(git_directory, "pre-push", "")
        hook(git_directory, "commit-msg", "")
        hook(git_directory, "pre-commit", "")
        here = Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)
        hook(tmp_path, "post-commit", "")
        scene.repo.git("config", "core.hooksPath", str(tmp_path / "hooks"))
        scene.run.forget_settings()
        elsewhere = Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)

        both = "git's hooks pre-commit and commit-msg run, and what they do is not known"
        assert Todo(both) == here
        assert Todo("git's hook post-commit runs, and what it does is not known") == elsewhere

    @pytest.mark.skipif(ON_WINDOWS, reason="there every file may be executed")
    def test_one_that_may_not_be_executed_does_not_run(self, scene: Scene) -> None:
        hook(scene.repo.path / ".git", "pre-commit", "raise SystemExit(1)")
        (scene.repo.path / ".git/hooks/pre-commit").chmod(0o644)

        assert Todo() == Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)

    def test_what_they_put_into_the_commit_is_said(self, scene: Scene, step: Commit) -> None:
        script = (
            "import pathlib, subprocess\n"
            "pathlib.Path('NEW').write_bytes(b'tidy\\n')\n"
            "pathlib.Path('BESIDE').write_bytes(b'x\\n')\n"
            "subprocess.run(['git', 'add', 'NEW', 'BESIDE'], check=True)\n"
        )
        hook(scene.repo.path / ".git", "pre-commit", script)
        step.apply(scene.world, scene.run)

        note = "git's hooks changed what the release commit has: BESIDE and NEW"
        assert [note] == scene.screen.notes

    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ("write_text(text.replace('2.0', '6.6'))", "it says 6.6"),
            ("write_text('[project]')", "[project] has no version in pyproject.toml"),
            ("unlink()", "there is no pyproject.toml"),
        ],
    )
    def test_one_that_takes_the_version_away_ends_the_release(
        self, scene: Scene, step: Commit, change: str, what: str
    ) -> None:
        assert scene.run.tree is not None
        text = '[project]\nname = "demo"\nversion = "2.0"\n'
        (scene.run.tree.root / "pyproject.toml").write_text(text, encoding="utf-8")
        script = (
            "import pathlib, subprocess\n"
            "file = pathlib.Path('pyproject.toml')\n"
            "text = file.read_text()\n"
            f"file.{change}\n"
            "subprocess.run(['git', 'add', '--all'], check=True)\n"
        )
        hook(scene.repo.path / ".git", "pre-commit", script)
        guarded = replace(step, versions={"": "2.0"})

        with pytest.raises(VersionChangedByHook) as caught:
            guarded.apply(scene.world, scene.run)
        assert f"pyproject.toml of the release commit should say 2.0: {what}" in str(caught.value)
        assert "Nothing was changed." in caught.value.hint
        assert "" == scene.private()

    def test_nothing_is_said_of_one_that_only_looks(self, scene: Scene, step: Commit) -> None:
        hook(scene.repo.path / ".git", "pre-commit", "")
        step.apply(scene.world, scene.run)

        assert [] == scene.screen.notes


class TestSignature:
    @pytest.mark.parametrize(
        ("settings", "why"),
        [
            ({"gpg.program": "NONE"}, "there is no program NONE, which signs it"),
            ({"gpg.format": "pgp"}, "gpg.format = pgp, which git does not know"),
            ({"gpg.format": "ssh"}, "user.signingKey does not name the key"),
            (
                {"gpg.format": "ssh", "user.signingKey": "NONE"},
                "there is no key NONE, which user.signingKey names",
            ),
        ],
    )
    def test_one_that_cannot_be_made_blocks(
        self, scene: Scene, settings: dict[str, str], why: str
    ) -> None:
        none = str(scene.repo.path / "none")
        scene.repo.git("config", "gpg.ssh.program", sys.executable)
        for name, text in {"commit.gpgSign": "true", **settings}.items():
            scene.repo.git("config", name, text.replace("NONE", none))
        state = Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)

        assert isinstance(state, Blocked)
        assert f"the commit could not be signed:\n{why.replace('NONE', none)}" == str(state.error)

    def test_one_that_may_be_made_is_said_to_be_unknown(self, scene: Scene) -> None:
        scene.repo.git("config", "commit.gpgSign", "true")
        scene.repo.git("config", "gpg.program", sys.executable)

        unknown = f"the commit is signed by {sys.executable}, and whether it can is not known"
        assert Todo(unknown) == Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)

    def test_is_missed_together_with_the_identity(self, scene: Scene, sandbox: Path) -> None:
        nobody = "[user]\n\tuseConfigOnly = true\n[commit]\n\tgpgSign\n[gpg]\n\tformat = pgp\n"
        (sandbox / ".gitconfig").write_text(nobody, encoding="utf-8")
        state = Commit(MESSAGE, scene.base, (TAG,)).probe(scene.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, Problems)
        assert [NoIdentity, SigningFailed] == [type(each) for each in state.error.problems]


class TestProposal:
    def test_is_kept_under_a_name_of_its_own_with_its_trailer(self, scene: Scene) -> None:
        OpenTree(scene.base).apply(scene.world, scene.run)
        message = f"{MESSAGE}\n\nRelease-Version: 1.0.0"
        step = Commit(message, scene.base, (TAG,), kept_as="proposal", empty=True)
        step.apply(scene.world, scene.run)

        assert f'commit as "{MESSAGE}"' == str(step)
        assert "refs/releasio/proposal/commit" == scene.private()
        kept = scene.repo.git("show", "-s", "--format=%B", "refs/releasio/proposal/commit")
        assert message == kept.rstrip("\n")
