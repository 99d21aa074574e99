from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import TagsMissing
from releasio.errors.git.commands import NoIdentity
from releasio.errors.git.push import BranchMoved, NoRemote, PushRefused, ReleasedElsewhere, TagTaken
from releasio.frozen import replace
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.step import Blocked, Done, Todo
from releasio.world.run import Run
from tests.steps.scene import ORIGIN, TAG, world_of
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.steps.step import State
    from releasio.world.world import World
    from tests.fakes.repository import Repository
    from tests.steps.scene import Scene

MESSAGE = f"Release {TAG}"


@pytest.fixture
def step(scene: Scene) -> Push:
    """The push of a release commit that only this clone has."""
    return Push(ORIGIN, "main", (NewTag(TAG, MESSAGE),), scene.make_commit(), scene.base)


def error_of(state: State) -> ReleasioError:
    assert isinstance(state, Blocked), state
    return state.error


def attempt(step: Push, world: World) -> ReleasioError:
    """Return the error that *step* fails with."""
    with pytest.raises(ReleasioError) as caught:
        step.apply(world, Run(world))
    return caught.value


def release_there(other: Repository, text: str = "theirs\n") -> str:
    """Release the same version from another clone, and return the commit."""
    made = other.commit("chore(release): prepare v1.0.0", VERSION=text)
    other.tag(TAG)
    other.git("push", "--quiet", "origin", "main", TAG)
    return made


class TestText:
    def test_says_that_both_go_or_neither(self, scene: Scene) -> None:
        step = Push(ORIGIN, "main", (NewTag(TAG, ""),), None, scene.base)

        assert "push main and tag v1.0.0 to origin, both or neither" == str(step)
        assert "push tag v1.0.0 to origin" == str(
            Push(ORIGIN, None, (NewTag(TAG, ""),), None, scene.base)
        )
        assert "push tag v1.0.0 to a remote" == str(
            Push(None, None, (NewTag(TAG, ""),), None, scene.base)
        )


class TestWho:
    def test_blocked_where_git_does_not_know_who_tags(
        self, scene: Scene, step: Push, sandbox: Path
    ) -> None:
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
        nobody = step.probe(scene.world)
        world, _ = world_of(scene.repo.path, GIT_COMMITTER_NAME="A", GIT_COMMITTER_EMAIL="a@b.c")

        assert isinstance(error_of(nobody), NoIdentity)
        assert Todo() == step.probe(world)

    def test_blocked_where_the_tag_cannot_be_signed(self, scene: Scene, step: Push) -> None:
        scene.repo.git("config", "gpg.format", "ssh")
        scene.repo.git("config", "gpg.ssh.program", sys.executable)
        scene.repo.git("config", "tag.gpgSign", "true")
        state = step.probe(scene.world)
        scene.world = replace(scene.world, offline=True)
        unasked = step.probe(scene.world)

        said = "the tag could not be signed:\nuser.signingKey does not name the key"
        assert [said] * 2 == [str(error_of(each)) for each in (state, unasked)]

    def test_whether_a_key_signs_is_not_known(self, scene: Scene, step: Push) -> None:
        scene.repo.git("config", "tag.forceSignAnnotated", "true")
        scene.repo.git("config", "gpg.program", sys.executable)

        unknown = f"the tag is signed by {sys.executable}, and whether it can is not known"
        assert Todo(unknown) == step.probe(scene.world)

    def test_nobody_is_needed_for_a_tag_that_is_there(
        self, scene: Scene, step: Push, sandbox: Path
    ) -> None:
        scene.repo.git("tag", "-a", "-m", MESSAGE, TAG, step.commit or "")
        (sandbox / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")

        assert Todo() == step.probe(scene.world)


class TestPush:
    def test_to_do_then_done(self, scene: Scene, step: Push) -> None:
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))

    def test_branch_and_tag_are_on_the_remote(self, scene: Scene, step: Push) -> None:
        step.apply(scene.world, scene.run)

        assert step.commit == scene.remote.git("rev-parse", "main")
        assert step.commit == scene.remote.git("rev-parse", "v1.0.0^{commit}")
        assert MESSAGE == scene.remote.git("tag", "-l", "--format=%(contents:subject)", TAG)

    def test_moves_nothing_here(self, scene: Scene, step: Push) -> None:
        before = scene.repo.git("for-each-ref", "refs/heads", "refs/tags")
        step.apply(scene.world, scene.run)

        assert before == scene.repo.git("for-each-ref", "refs/heads", "refs/tags")
        assert "refs/releasio/v1.0.0/commit\nrefs/releasio/v1.0.0/tag" == scene.private()

    def test_twice_is_once(self, scene: Scene, step: Push) -> None:
        step.apply(scene.world, scene.run)
        before = scene.visible()
        a_day_later = scene.world.clock() + timedelta(days=1)
        scene.world = replace(scene.world, clock=lambda: a_day_later)
        step.apply(scene.world, scene.run)

        assert before == scene.visible()

    def test_a_branch_the_remote_does_not_have_yet(self, scene: Scene) -> None:
        scene.repo.git("branch", "--move", "main", "release")
        step = Push(ORIGIN, "release", (NewTag(TAG, MESSAGE),), scene.make_commit(), scene.base)

        assert Todo("a new branch there") == step.probe(scene.world)

    def test_a_preview_asks_with_the_commit_the_release_starts_from(self, scene: Scene) -> None:
        assert Todo() == Push(ORIGIN, "main", (NewTag(TAG, ""),), None, scene.base).probe(
            scene.world
        )

    def test_a_tag_alone(self, scene: Scene) -> None:
        """
        A release that somebody merged: the commit is on the branch already.
        """
        step = Push(ORIGIN, None, (NewTag(TAG, MESSAGE),), scene.base, scene.base)
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))
        assert scene.base == scene.remote.git("rev-parse", "v1.0.0^{commit}")

    def test_pushes_nothing_where_another_run_was_as_far_meanwhile(self, scene: Scene) -> None:
        """
        A push of nothing in particular would be git's own: of the branch that is checked out.
        """
        step = Push(ORIGIN, None, (NewTag(TAG, MESSAGE),), scene.base, scene.base)
        scene.repo.git("branch", "--set-upstream-to=origin/main")
        scene.repo.commit("wip: not for others yet")
        other = scene.elsewhere()
        other.git("tag", "-a", "-m", MESSAGE, TAG, scene.base)
        other.git("push", "--quiet", "origin", TAG)

        step.apply(scene.world, scene.run)

        assert scene.base == scene.remote.git("rev-parse", "main")
        assert Done() == step.probe(scene.world)

    def test_the_tag_that_is_here_already_is_the_one_that_is_pushed(
        self, scene: Scene, step: Push
    ) -> None:
        scene.repo.git("tag", "-a", "-m", "by hand", TAG, step.commit or "")
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert Todo() == before
        assert scene.repo.git("rev-parse", TAG) == scene.remote.git("rev-parse", TAG)

    def test_without_a_remote_nothing_can_be_public(self, scene: Scene) -> None:
        step = Push(None, "main", (NewTag(TAG, ""),), None, scene.base)
        error = error_of(step.probe(scene.world))

        assert isinstance(error, NoRemote)
        assert "this repository has no remote to push the release to" == str(error)
        assert "git remote add origin URL" in error.hint
        with pytest.raises(RuntimeError, match="a push needs a remote"):
            step.apply(scene.world, scene.run)

    def test_offline_the_remote_is_not_asked(self, scene: Scene, step: Push) -> None:
        scene.repo.git("remote", "set-url", "origin", str(scene.repo.path / "nowhere"))
        scene.world = replace(scene.world, offline=True)

        assert Todo("origin was not asked") == step.probe(scene.world)


class TestTagTaken:
    def test_by_something_that_is_no_commit(self, scene: Scene, step: Push) -> None:
        scene.repo.git("tag", TAG, "HEAD^{tree}")
        tree = scene.repo.git("rev-parse", "HEAD^{tree}")

        assert f"tag {TAG} points at {tree[:8]}, " in str(error_of(step.probe(scene.world)))

    def test_here_by_another_commit(self, scene: Scene, step: Push) -> None:
        scene.repo.tag(TAG)
        error = error_of(step.probe(scene.world))

        assert isinstance(error, TagTaken)
        assert (
            f"tag v1.0.0 points at {scene.base[:8]}, but this release is {(step.commit or '')[:8]}"
        ) == str(error)
        assert "git tag -d v1.0.0; git push --delete origin v1.0.0" in error.hint

    def test_here_while_the_release_commit_does_not_exist_yet(self, scene: Scene) -> None:
        scene.repo.tag(TAG)
        error = error_of(
            Push(ORIGIN, "main", (NewTag(TAG, ""),), None, scene.base).probe(scene.world)
        )

        assert (
            f"tag v1.0.0 points at {scene.base[:8]}, but this release makes a commit of its own"
        ) == str(error)

    @pytest.mark.parametrize("annotated", [True, False])
    def test_there_by_a_commit_that_has_nothing_to_do_with_this_release(
        self, scene: Scene, step: Push, *, annotated: bool
    ) -> None:
        other = scene.elsewhere()
        other.git("switch", "--quiet", "--orphan", "unrelated")
        made = other.commit("feat: something else")
        other.tag(TAG, annotated=annotated)
        other.git("push", "--quiet", "origin", TAG)
        error = error_of(step.probe(scene.world))

        assert isinstance(error, TagTaken)
        assert f"tag v1.0.0 points at {made[:8]}" in str(error)

    def test_there_since_somebody_moved_it(self, scene: Scene) -> None:
        commit = scene.repo.commit("fix: since then")
        scene.repo.tag(TAG)
        scene.repo.git("push", "--quiet", "origin", f"{scene.base}:refs/tags/{TAG}")
        step = Push(ORIGIN, None, (NewTag(TAG, MESSAGE),), commit, commit)
        error = error_of(step.probe(scene.world))

        assert (
            f"tag v1.0.0 points at {scene.base[:8]} on origin, and at {commit[:8]} here: "
            "somebody moved it"
        ) == str(error)
        assert f"If {commit[:8]} was released, put it back: git push --force origin" in error.hint

    @pytest.mark.parametrize("annotated", [True, False])
    def test_there_by_the_same_commit_is_done(
        self, scene: Scene, step: Push, *, annotated: bool
    ) -> None:
        step.apply(scene.world, scene.run)
        scene.remote.git("update-ref", "-d", f"refs/tags/{TAG}")
        scene.remote.git(
            "tag", *(["-a", "-m", "theirs"] if annotated else []), TAG, step.commit or ""
        )

        assert Done() == step.probe(scene.world)


class TestReleasedElsewhere:
    def test_names_the_winner(self, scene: Scene, step: Push) -> None:
        winner = release_there(scene.elsewhere())
        error = error_of(step.probe(scene.world))

        assert isinstance(error, ReleasedElsewhere)
        assert str(error).startswith(
            f"v1.0.0 was released by another run: commit {winner[:8]} by Ada Tester, 2023-11-14"
        )
        assert str(error).endswith(" UTC")
        assert "To follow: git pull --rebase --tags" in error.hint

    def test_also_in_a_preview_and_without_a_trace(self, scene: Scene) -> None:
        release_there(scene.elsewhere())
        before = scene.visible()
        error = error_of(
            Push(ORIGIN, "main", (NewTag(TAG, ""),), None, scene.base).probe(scene.world)
        )

        assert isinstance(error, ReleasedElsewhere)
        assert (before, "") == (scene.visible(), scene.private())

    def test_the_commit_both_start_from_was_tagged(self, scene: Scene, step: Push) -> None:
        other = scene.elsewhere()
        other.tag(TAG)
        other.git("push", "--quiet", "origin", TAG)

        assert isinstance(error_of(step.probe(scene.world)), ReleasedElsewhere)

    def test_a_tag_that_came_without_its_branch_is_nobody_s_release(
        self, scene: Scene, step: Push
    ) -> None:
        stranger = scene.elsewhere()
        stranger.commit("feat: anything")
        stranger.tag(TAG)
        stranger.git("push", "--quiet", "origin", TAG)

        assert isinstance(error_of(step.probe(scene.world)), TagTaken)

    def test_a_tag_behind_us_that_was_not_fetched_is_no_other_run(self, scene: Scene) -> None:
        scene.repo.git("push", "--quiet", "origin", f"HEAD:refs/tags/{TAG}")
        base = scene.repo.commit("fix: since then")
        error = error_of(Push(ORIGIN, "main", (NewTag(TAG, ""),), None, base).probe(scene.world))

        assert isinstance(error, TagsMissing)
        assert "this clone lacks tag v1.0.0 of origin" in str(error)

    def test_between_probe_and_push(self, scene: Scene, step: Push) -> None:
        winner = release_there(scene.elsewhere())
        before = scene.visible()
        error = attempt(step, scene.world)

        assert isinstance(error, ReleasedElsewhere)
        assert winner[:8] in str(error)
        assert before == scene.visible()


class TestBranchThatHasTheCommitAndMore:
    """A merged release, and somebody was faster with the next commit."""

    @pytest.fixture
    def merged(self, scene: Scene) -> Push:
        other = scene.elsewhere()
        other.commit("fix: in between")
        other.git("push", "--quiet", "origin", "main")
        return Push(ORIGIN, "main", (NewTag(TAG, MESSAGE),), scene.base, scene.base)

    def test_needs_the_tag_alone(self, scene: Scene, merged: Push) -> None:
        state = merged.probe(scene.world)

        assert Todo("main there has the commit already, and more") == state
        assert "" == scene.private()

    def test_gets_the_tag_and_stays_where_it_is(self, scene: Scene, merged: Push) -> None:
        before = scene.remote.git("rev-parse", "main")
        merged.apply(scene.world, scene.run)

        assert before == scene.remote.git("rev-parse", "main")
        assert scene.base == scene.remote.git("rev-parse", f"{TAG}^{{commit}}")
        assert Done() == merged.probe(scene.world)


class TestBranchMoved:
    def test_is_blocked_with_the_way_on(self, scene: Scene, step: Push) -> None:
        other = scene.elsewhere()
        theirs = other.commit("fix: in between")
        other.git("push", "--quiet", "origin", "main")
        error = error_of(step.probe(scene.world))

        assert isinstance(error, BranchMoved)
        assert f"main on origin ({theirs[:8]}) has commits that are not in this clone" == str(error)
        assert "git pull --rebase origin main, then run again." == error.hint

    def test_between_probe_and_push(self, scene: Scene, step: Push) -> None:
        other = scene.elsewhere()
        theirs = other.commit("fix: in between")
        other.git("push", "--quiet", "origin", "main")
        before = scene.visible()
        error = attempt(step, scene.world)

        assert isinstance(error, BranchMoved)
        assert theirs[:8] in str(error)
        assert before == scene.visible()

    def test_a_branch_that_was_rewound_is_brought_forward(self, scene: Scene, step: Push) -> None:
        scene.repo.commit("feat: more")
        scene.repo.git("push", "--quiet", "origin", "main")
        scene.repo.git("reset", "--quiet", "--hard", "HEAD~1")
        scene.remote.git("update-ref", "refs/heads/main", scene.base)

        assert Todo() == step.probe(scene.world)


class TestPushRefused:
    def test_by_the_remote_s_rules(self, scene: Scene, step: Push) -> None:
        hook(
            scene.remote.path,
            "update",
            "import sys\n"
            "if sys.argv[1] == 'refs/heads/main':\n"
            "    raise SystemExit('error: GH006: Protected branch update failed')\n",
        )
        before = scene.visible()
        error = attempt(step, scene.world)

        assert isinstance(error, PushRefused)
        assert "GH006: Protected branch update failed" in str(error)
        assert before == scene.visible()
        assert Todo() == step.probe(scene.world)

    def test_goes_through_when_the_rule_is_gone(self, scene: Scene, step: Push) -> None:
        hook(scene.remote.path, "pre-receive", "raise SystemExit('closed on Fridays')")
        attempt(step, scene.world)
        (scene.remote.path / "hooks/pre-receive").unlink()
        step.apply(scene.world, scene.run)

        assert Done() == step.probe(scene.world)


def test_names_in_hints_are_words_of_a_shell() -> None:
    moved = BranchMoved("fix;reboot", "origin", found="")
    taken = TagTaken("v1$(id)", found="a" * 40, wanted=None)

    assert "git pull --rebase origin 'fix;reboot', then run again." == moved.hint
    assert "git tag -d 'v1$(id)'; git push --delete origin 'v1$(id)'" in taken.hint


@pytest.mark.parametrize(("tag", "other"), [(TAG, f"{TAG}/old"), ("pkg/v1.0.0", "pkg")])
def test_a_tag_that_leaves_no_room_for_ours_is_named(scene: Scene, tag: str, other: str) -> None:
    scene.repo.git("tag", other)
    error = error_of(Push(ORIGIN, "main", (NewTag(tag, ""),), None, scene.base).probe(scene.world))

    assert f"tag {tag} cannot be made beside tag {other}" == str(error)
    assert (
        f"If {other} was never published, delete it: git tag -d {other}; else choose another "
        "version.tag_prefix." == error.hint
    )


def test_a_tag_that_came_alone_between_probe_and_push_stops_the_branch_too(
    scene: Scene, step: Push
) -> None:
    other = scene.elsewhere()
    other.git("tag", TAG)
    other.git("push", "--quiet", "origin", TAG)
    before = scene.visible()
    error = attempt(step, scene.world)

    assert isinstance(error, ReleasedElsewhere)
    assert before == scene.visible()


class TestSeveralTags:
    """Releases of several packages, which one commit prepared."""

    OTHER = "cli/v2.0.0"

    @pytest.fixture
    def step(self, scene: Scene) -> Push:
        tags = (NewTag(TAG, MESSAGE), NewTag(self.OTHER, f"Release {self.OTHER}"))
        return Push(ORIGIN, "main", tags, scene.make_commit(), scene.base)

    def test_are_named(self, step: Push) -> None:
        assert f"push main and tags {TAG} and {self.OTHER} to origin, all or none" == str(step)
        assert f"{TAG} and {self.OTHER}" == step.opens

    def test_become_public_together(self, scene: Scene, step: Push) -> None:
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))
        assert [step.commit] * 3 == [
            scene.remote.git("rev-parse", f"{name}^{{commit}}")
            for name in ("main", TAG, self.OTHER)
        ]

    def test_become_public_together_or_not_at_all(self, scene: Scene, step: Push) -> None:
        before = scene.visible()
        refuse_ref(scene, f"refs/tags/{self.OTHER}")

        error = attempt(step, scene.world)

        assert isinstance(error, PushRefused)
        assert before == scene.visible()

    def test_one_that_is_there_already_does_not_hold_up_the_other(
        self, scene: Scene, step: Push
    ) -> None:
        Push(ORIGIN, None, step.tags[:1], step.commit, scene.base).apply(scene.world, scene.run)
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))

    def test_one_that_is_taken_stops_all(self, scene: Scene, step: Push) -> None:
        scene.repo.git("tag", self.OTHER, scene.base)
        error = error_of(step.probe(scene.world))

        assert isinstance(error, TagTaken)
        assert self.OTHER in str(error)


def refuse_ref(scene: Scene, ref: str) -> None:
    """Let the remote refuse a push to *ref*, and take others."""
    hook(scene.remote.path, "update", f"import sys; sys.exit(sys.argv[1] == {ref!r})")
