from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.steps.publish.land import Land
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.step import Done, Omitted, Todo
from releasio.world.run import Run
from tests.steps.scene import ORIGIN, TAG, world_of

if TYPE_CHECKING:
    from tests.steps.scene import Scene


@pytest.fixture
def step(scene: Scene) -> Land:
    """Landing what was just pushed."""
    made = scene.make_commit()
    Push(ORIGIN, "main", (NewTag(TAG, f"Release {TAG}"),), made, scene.base).apply(
        scene.world, scene.run
    )
    return Land("main", (TAG,), made, ORIGIN)


class TestLand:
    def test_says_what_moves(self, step: Land) -> None:
        assert "bring main and v1.0.0 up to date here" == str(step)
        assert "bring v1.0.0 up to date here" == str(Land(None, (TAG,), step.commit, ORIGIN))

    def test_to_do_then_done(self, scene: Scene, step: Land) -> None:
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))

    def test_branch_index_files_and_tag_are_those_of_the_release(
        self, scene: Scene, step: Land
    ) -> None:
        step.apply(scene.world, scene.run)

        assert step.commit == scene.repo.head
        assert "" == scene.repo.git("status", "--porcelain")
        assert "version 1.0.0\n" == scene.repo.read("VERSION")
        assert scene.remote.git("rev-parse", TAG) == scene.repo.git("rev-parse", TAG)

    def test_private_refs_have_served(self, scene: Scene, step: Land) -> None:
        step.apply(scene.world, scene.run)

        assert "" == scene.private()

    def test_twice_is_once(self, scene: Scene, step: Land) -> None:
        step.apply(scene.world, scene.run)
        before = scene.visible()
        step.apply(scene.world, scene.run)

        assert before == scene.visible()

    def test_says_which_branch_stays_while_the_release_of_another_is_finished(
        self, scene: Scene, step: Land
    ) -> None:
        aside = Land(None, (TAG,), step.commit, ORIGIN, beside="topic")
        scene.repo.git("switch", "--quiet", "--create", "topic")
        before, head = aside.probe(scene.world), scene.repo.head
        aside.apply(scene.world, scene.run)
        stays = "topic stays as it is: releases are made from other branches"

        assert (Todo(stays), Done(stays)) == (before, aside.probe(scene.world))
        assert head == scene.repo.head

    def test_another_branch_that_is_somewhere_behind_stays_too(self, scene: Scene) -> None:
        """Releases are made from it as well, but this one was not."""
        scene.repo.git("switch", "--quiet", "--create", "next")
        earlier = scene.repo.head
        made = scene.repo.git("commit-tree", "-p", earlier, "-m", "fix: a", f"{earlier}^{{tree}}")
        released = scene.repo.git("commit-tree", "-p", made, "-m", "chore", f"{made}^{{tree}}")
        scene.repo.git("tag", "v2.0.0", released)
        other = Land("next", ("v2.0.0",), released, ORIGIN)

        stays = "next stays as it is: v2.0.0 was not made from it"
        assert Done(stays) == other.probe(scene.world)

    def test_in_a_preview_there_is_nothing_to_compare_with(self, scene: Scene) -> None:
        step = Land("main", (TAG,), None, ORIGIN)

        assert Todo() == step.probe(scene.world)
        with pytest.raises(RuntimeError, match="landing needs the release commit"):
            step.apply(scene.world, scene.run)

    def test_the_tag_alone(self, scene: Scene, step: Land) -> None:
        Land(None, (TAG,), step.commit, ORIGIN).apply(scene.world, scene.run)

        assert scene.base == scene.repo.head
        assert step.commit == scene.repo.git("rev-parse", "v1.0.0^{commit}")

    def test_a_branch_that_has_the_commit_already_stays_where_it_is(
        self, scene: Scene, step: Land
    ) -> None:
        scene.repo.git("merge", "--quiet", "--ff-only", step.commit or "")
        later = scene.repo.commit("feat: after the release")
        step.apply(scene.world, scene.run)

        assert later == scene.repo.head
        assert Done() == step.probe(scene.world)


class TestFastForwardRefused:
    def test_is_said_and_is_no_failure(self, scene: Scene, step: Land) -> None:
        scene.repo.write("VERSION", "edited meanwhile\n")
        step.apply(scene.world, scene.run)

        note = "\n".join(scene.run.afterwards)
        assert "VERSION" in note
        assert f"behind the release commit {(step.commit or '')[:8]}" in note
        assert "Commit or stash your changes, then: git pull --rebase" in note

    def test_is_not_shown_as_done(self, scene: Scene, step: Land) -> None:
        scene.repo.write("VERSION", "edited meanwhile\n")

        assert Omitted("v1.0.0 is here, main was left where it was") == step.apply(
            scene.world, scene.run
        )

    def test_loses_no_edit_and_still_names_the_tag(self, scene: Scene, step: Land) -> None:
        scene.repo.write("VERSION", "edited meanwhile\n")
        step.apply(scene.world, scene.run)

        assert "edited meanwhile\n" == scene.repo.read("VERSION")
        assert scene.base == scene.repo.head
        assert step.commit == scene.repo.git("rev-parse", "v1.0.0^{commit}")

    def test_leaves_nothing_that_would_make_the_next_run_begin_again(
        self, scene: Scene, step: Land
    ) -> None:
        scene.repo.write("VERSION", "edited meanwhile\n")
        step.apply(scene.world, scene.run)

        assert "" == scene.private()

    def test_stays_to_do_until_the_edit_is_out_of_the_way(self, scene: Scene, step: Land) -> None:
        scene.repo.write("VERSION", "edited meanwhile\n")
        step.apply(scene.world, scene.run)
        before = step.probe(scene.world)
        scene.repo.git("restore", "VERSION")
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))

    def test_a_branch_with_other_commits_is_not_merged(self, scene: Scene, step: Land) -> None:
        own = scene.repo.commit("feat: my own")
        step.apply(scene.world, scene.run)

        assert own == scene.repo.head
        assert 1 == len(scene.run.afterwards)


class TestFreshClone:
    def test_fetches_the_tag_it_lacks(self, scene: Scene, step: Land) -> None:
        clone = scene.remote.clone(scene.repo.path.with_name("fresh"), "--no-tags")
        world, _ = world_of(clone.path)
        before = step.probe(world)
        step.apply(world, Run(world))

        assert (Todo(), Done()) == (before, step.probe(world))
        assert scene.remote.git("rev-parse", TAG) == clone.git("rev-parse", TAG)


class TestLocked:
    """The release is public by then: a lock here is a note for the end, and no failure."""

    def test_a_tag_that_cannot_be_named_here(self, scene: Scene, step: Land) -> None:
        lock = scene.repo.write(f".git/refs/tags/{TAG}.lock", "")
        ended = step.apply(scene.world, scene.run)
        (note,) = scene.run.afterwards

        assert Omitted("v1.0.0 is not here") == ended
        assert (
            f"refs/tags/v1.0.0 cannot be changed: another git holds {lock}, or one that died has "
            f"left it. If no other git is at work here: rm {lock}, then: git fetch origin tag "
            "v1.0.0"
        ) == note
        assert step.commit == scene.repo.head

    def test_the_next_run_names_it_once_the_lock_is_gone(self, scene: Scene, step: Land) -> None:
        lock = scene.repo.write(f".git/refs/tags/{TAG}.lock", "")
        step.apply(scene.world, scene.run)
        lock.unlink()
        ended = step.apply(scene.world, scene.run)

        assert (None, Done()) == (ended, step.probe(scene.world))

    @pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
    def test_a_branch_that_cannot_move(self, scene: Scene, step: Land, lock: str) -> None:
        path = scene.repo.write(f".git/{lock}", "")
        ended = step.apply(scene.world, scene.run)
        (note,) = scene.run.afterwards

        assert Omitted("v1.0.0 is here, main was left where it was") == ended
        assert note.endswith(f"If no other git is at work here: rm {path}, then: git pull --rebase")
        assert (scene.base, "") == (scene.repo.head, scene.repo.git("status", "--porcelain"))

    def test_a_branch_that_cannot_move_and_is_half_way_is_for_the_next_run(
        self, scene: Scene, step: Land
    ) -> None:
        """As a git leaves it that was killed while it checked out; `git pull` would refuse."""
        lock = scene.repo.write(".git/index.lock", "")
        (scene.repo.path / "VERSION").unlink()
        step.apply(scene.world, scene.run)
        (note,) = scene.run.afterwards
        lock.unlink()
        ended = step.apply(scene.world, scene.run)

        assert note.endswith(f"rm {lock}, then: releasio release --execute")
        assert (None, Done()) == (ended, step.probe(scene.world))
        assert "" == scene.repo.git("status", "--porcelain")

    def test_private_refs_that_cannot_go(self, scene: Scene, step: Land) -> None:
        lock = scene.repo.write(".git/packed-refs.lock", "")
        ended = step.apply(scene.world, scene.run)
        (note,) = scene.run.afterwards

        assert Omitted("v1.0.0 is here") == ended
        assert note.endswith(f"rm {lock}, then: releasio release --execute")

    def test_a_clone_that_lacks_the_tag(self, scene: Scene, step: Land) -> None:
        clone = scene.remote.clone(scene.repo.path.with_name("fresh"), "--no-tags")
        lock = clone.write(f".git/refs/tags/{TAG}.lock", "")
        world, _ = world_of(clone.path)
        run = Run(world)
        ended = step.apply(world, run)

        assert Omitted("v1.0.0 is not here") == ended
        assert f"rm {lock}, then: git fetch origin tag v1.0.0" in run.afterwards[0]

    def test_a_remote_that_does_not_answer(self, scene: Scene, step: Land) -> None:
        clone = scene.remote.clone(scene.repo.path.with_name("fresh"), "--no-tags")
        clone.git("remote", "set-url", "origin", str(clone.path / "nowhere"))
        world, _ = world_of(clone.path)
        run = Run(world)
        ended = step.apply(world, run)

        assert Omitted("v1.0.0 is not here") == ended
        assert run.afterwards[0].endswith("Once it is mended: git fetch origin tag v1.0.0")


class TestSeveralTags:
    def test_are_all_named_here(self, scene: Scene) -> None:
        tags, commit = (TAG, "cli/v2.0.0"), scene.make_commit()
        new_tags = tuple(NewTag(tag, f"Release {tag}") for tag in tags)
        Push(ORIGIN, "main", new_tags, commit, scene.base).apply(scene.world, scene.run)
        step = Land("main", tags, commit, ORIGIN)
        before = step.probe(scene.world)
        step.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, step.probe(scene.world))
        assert [commit] * 2 == [scene.repo.git("rev-parse", f"{tag}^{{commit}}") for tag in tags]
        assert "" == scene.private()

    def test_are_all_fetched_where_they_lack(self, scene: Scene) -> None:
        tags = (TAG, "cli/v2.0.0")
        for tag in tags:
            scene.repo.git("tag", "-a", "-m", tag, tag)
            scene.repo.git("push", "--quiet", "origin", tag)
            scene.repo.git("tag", "--delete", tag)
        Land(None, tags, scene.base, ORIGIN).apply(scene.world, scene.run)

        assert sorted(tags) == scene.repo.git("tag", "--list").split()
