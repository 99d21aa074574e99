"""Make releases public: branch and tags in one push, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, together
from releasio.errors.git.checkout import TagsMissing
from releasio.errors.git.commands import GitFailed, NoIdentity, RemoteAuthFailed, RemoteUnreachable
from releasio.frozen import frozen
from releasio.rules.running.remote import commit_of_tag, refs_of, tag_refs
from releasio.steps.prepare.commit import tip_of
from releasio.steps.publish.tag_object import (
    NewTag,
    local_obstacle,
    new_object_of_tag,
    places_of,
    refs_here,
)
from releasio.steps.step import Blocked, Done, State, Todo
from releasio.text.listing import listed
from releasio.world.ci.ci import ci_name
from releasio.world.git.remotes import RefUpdate
from releasio.world.git.signing import signing_prospect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.errors.git.push import PushRaced
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.running.remote import PublicRefs, Remote
    from releasio.steps.publish.merging import Merging, Outgoing
    from releasio.world.run import Run
    from releasio.world.world import World


def _ref(tag: str) -> str:
    return f"refs/tags/{tag}"


@frozen
class Push:
    """
    The commit point of releases.

    A tag is the lock: the remote takes it only if it has none of that name,
    so that of two concurrent runs one wins. The branch is sent along with the
    value it must have now; the remote takes all or nothing.

    Attributes:
        remote: Where to; `None` when the repository has no remote.
        branch: Which branch moves; `None` when the commit is on the remote already.
        tags: The releases' tags, all of the same commit.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        base: The commit the releases start from: what the branch must contain.
        foresees: Whether this is planned before the first step: the remote is asked then
            whether it takes pushes from here at all.
        forge: Whose rules for branch and tags are asked then; `None`: nobody's.
        signed: Whether the forge has signed the commit.
        merging: How a branch that went on gets the commit; `None`: not at all.
        public: What the remote had a moment ago. Only what is foreseen of a commit that is still
            to be made goes by it; whoever pushes asks again. `None`: it is not known.
    """

    remote: Remote | None
    branch: str | None
    tags: tuple[NewTag, ...]
    commit: str | None
    base: str
    foresees: bool = False
    forge: ForgePlace | None = None
    signed: bool = False
    merging: Merging | None = None
    public: PublicRefs | None = None

    def __str__(self) -> str:
        remote_name = self.remote.name if self.remote else "a remote"
        tags = f"{'tags' if self.tags[1:] else 'tag'} {self.opens}"
        if self.branch is None:
            return f"push {tags} to {remote_name}"
        whole = "all or none" if self.tags[1:] else "both or neither"
        return f"push {self.branch} and {tags} to {remote_name}, {whole}"

    @property
    def opens(self) -> str:
        """What becomes public."""
        return listed([tag.name for tag in self.tags], len(self.tags))

    def probe(self, world: World) -> State:
        """Ask the remote what branch and tags are there."""
        if self.remote is None:
            from releasio.errors.git.push import NoRemote

            return Blocked(NoRemote())
        local_refs = world.git.refs.below(
            *dict.fromkeys(ref for tag in self.tags for ref in places_of(tag.name))
        )
        obstacles = (local_obstacle(world, t.name, self.commit, local_refs) for t in self.tags)
        if errors := [error for error in obstacles if error]:
            return Blocked(together(errors))
        lacks_tag = any(_ref(tag.name) not in local_refs for tag in self.tags)
        if world.offline:
            state = Todo(f"{self.remote.name} was not asked")
            return self._with_signature(state, world) if lacks_tag else state
        return self._public_state(self._remote_refs(world), world, lacks_tag=lacks_tag)

    def _public_state(self, refs: dict[str, str], world: World, *, lacks_tag: bool) -> State:
        """Judge by what the remote has; *lacks_tag*: one is not here yet, and has to be made."""
        public_commits = self._public_commits(refs)
        if errors := [
            self._tag_error(name, commit, world)
            for name, commit in public_commits.items()
            if commit != self.commit
        ]:
            return Blocked(together(errors))
        if len(public_commits) == len(self.tags):
            return Done()
        if lacks_tag and self.commit and not world.git.commits.knows_committer():
            return Blocked(NoIdentity())
        state = self._branch_state(refs, world)
        if self.foresees:
            missing_tag = next(tag.name for tag in self.tags if tag.name not in public_commits)
            state = self._permitted_state(state, missing_tag, world)
            if isinstance(state, Todo) and self.forge and self.remote:
                from releasio.steps.publish.push_way import PushWay, way_state

                names = tuple(tag.name for tag in self.tags)
                outgoing = PushWay(self.remote, self.branch, self.commit, names, self.signed)
                state = way_state(world, state, self.forge, outgoing, refs)
        return self._with_signature(state, world) if lacks_tag else state

    def _public_commits(self, refs: Mapping[str, str]) -> dict[str, str]:
        """Return what those of the tags name that the remote has."""
        commits = {tag.name: commit_of_tag(refs, tag.name) for tag in self.tags}
        return {name: commit for name, commit in commits.items() if commit}

    def _permitted_state(self, state: State, missing_tag: str, world: World) -> State:
        """Ask whether this account may push; without a login, only a job is sure to fail."""
        if self.remote is None or not isinstance(state, Todo):
            return state
        refusal = world.git.remotes.try_push(
            self.remote, self.commit or self.base, _ref(missing_tag)
        )
        if refusal is None:
            return state
        if isinstance(refusal, RemoteAuthFailed) and refusal.asks_login and not ci_name(world.env):
            return Todo("whether it takes pushes from here is not known: there is no login for it")
        return Blocked(refusal)

    def _branch_state(self, refs: dict[str, str], world: World) -> State:
        from releasio.errors.git.push import BranchMoved

        if self.branch is None:
            return Todo()
        branch_commit = refs.get(f"refs/heads/{self.branch}")
        if branch_commit is None:
            return Todo("a new branch there")
        if world.git.objects.is_ancestor(branch_commit, self.commit or self.base):
            return Todo()
        if self._branch_has(self.commit, world):
            return Todo(f"{self.branch} there has the commit already, and more")
        if self.merging and self.remote and self.commit:
            return self.merging.state(world, self._outgoing(world, self.branch, branch_commit))
        name = self.remote.name if self.remote else ""
        return Blocked(BranchMoved(self.branch, name, found=branch_commit))

    def _branch_has(self, commit: str | None, world: World) -> bool:
        """Whether the branch there has *commit*."""
        if commit is None or self.remote is None or self.branch is None:
            return False
        return world.git.remotes.branch_has(self.remote, self.branch, commit)

    def apply(self, world: World, run: Run) -> None:
        """
        Make the tag objects and push.

        Raises:
            ReleasedElsewhere: Another run was faster; nothing was changed.
            BranchMoved: Somebody pushed in between; nothing was changed.
            PushRaced: Somebody made one of the tags in between; nothing was changed.
            PushRefused: The remote's rules forbid it, in its own words.
            RemoteUnreachable: No answer came, and the remote could not be asked
                whether it has the tag.
        """
        from releasio.errors.git.push import PushRaced

        if self.remote is None or self.commit is None:
            msg = "a push needs a remote and the release commit"
            raise RuntimeError(msg)
        # asked again, right before the push: somebody else may have pushed, or another run
        remote_refs, local_refs = self._remote_refs(world), refs_here(world, self.tags)
        tip = tip_of(world.git, self.tags[0].name, self.commit, local_refs)
        updates = [*self._branch_updates(world, tip, remote_refs)]
        for tag in self.tags:
            # a tag that is another run's by now has the remote refuse the push
            if commit_of_tag(remote_refs, tag.name) != self.commit:
                tag_object = local_refs.get(_ref(tag.name)) or new_object_of_tag(
                    world, tag.name, tag.message, self.commit
                )
                updates.append(RefUpdate(_ref(tag.name), tag_object, None))
        try:
            world.git.remotes.push(self.remote, updates)
        except PushRaced as race:
            self._explain_race(race, world)
        except (RemoteUnreachable, GitFailed):
            if not self._has_arrived(world):
                raise

    def _has_arrived(self, world: World) -> bool:
        """Whether it is public all the same: only the answer was lost; not, if nobody can tell."""
        try:
            refs = self._remote_refs(world)
            return all(commit_of_tag(refs, tag.name) == self.commit for tag in self.tags)
        except ReleasioError:
            return False

    def _branch_updates(
        self, world: World, commit: str, remote_refs: Mapping[str, str]
    ) -> tuple[RefUpdate, ...]:
        """Return the move of the branch to *commit*; none where the branch has it and went on."""
        if self.branch is None:
            return ()
        ref = f"refs/heads/{self.branch}"
        branch_commit = remote_refs.get(ref)
        if branch_commit and not world.git.objects.is_ancestor(branch_commit, commit):
            if self._branch_has(commit, world):
                return ()
            if self.merging:
                outgoing = self._outgoing(world, self.branch, branch_commit)
                commit = self.merging.commit(world, outgoing)
        return (RefUpdate(ref, commit, branch_commit),)

    def _outgoing(self, world: World, branch: str, there: str) -> Outgoing:
        """Return what *branch*, which is at *there*, is to get by a merge."""
        if self.remote is None or self.commit is None:
            msg = "a merge needs a remote and the release commit"
            raise RuntimeError(msg)
        from releasio.steps.publish.merging import Outgoing

        tip = tip_of(world.git, self.tags[0].name, self.commit, refs_here(world, self.tags))
        return Outgoing(self.remote, branch, there, self.commit, tip)

    def _explain_race(self, race: PushRaced, world: World) -> None:
        """Say who was faster; where every tag is there, our own push came through after all."""
        refs = self._remote_refs(world)
        public_commits = self._public_commits(refs)
        for name, commit in public_commits.items():
            if commit != self.commit:
                raise self._tag_error(name, commit, world)
        if len(public_commits) == len(self.tags):
            return
        state = self._branch_state(refs, world)
        raise state.error if isinstance(state, Blocked) else race

    def _tag_error(self, tag: str, commit: str, world: World) -> ReleasioError:
        """Return the error for the remote's *tag*: another run's, one not fetched, or any other."""
        from releasio.errors.git.push import ReleasedElsewhere, TagMoved, TagTaken

        if self.remote is None:
            return TagTaken(tag, found=commit, wanted=self.commit)
        world.git.remotes.fetch(self.remote, _ref(tag))
        if world.git.objects.peel(commit) is None:
            return TagTaken(tag, found=commit, wanted=self.commit)
        info = world.git.history.commit(commit)
        is_from_here = self.base in info.parents or commit == self.base
        # another run pushes branch and tag, both or neither; anybody may push a tag alone
        if is_from_here and (self.branch is None or self._branch_has(commit, world)):
            return ReleasedElsewhere(tag, commit=commit, author=info.author, time=info.time)
        if self.commit and world.git.objects.peel(_ref(tag)) == self.commit:
            return TagMoved(tag, self.remote.name, found=commit, here=self.commit)
        if world.git.objects.is_ancestor(commit, self.base):
            return TagsMissing([tag], self.remote.name)
        return TagTaken(tag, found=commit, wanted=self.commit)

    def _remote_refs(self, world: World) -> dict[str, str]:
        if self.remote is None:
            return {}
        if self.commit is None and self.public is not None:
            return refs_of(self.public)
        names = [ref for tag in self.tags for ref in tag_refs(tag.name)]
        if self.branch is not None:
            names.append(f"refs/heads/{self.branch}")
        return world.git.remotes.list_refs(self.remote, *names)

    def _with_signature(self, state: State, world: World) -> State:
        """Say in *state* what is known of the signatures of tags that are to be made."""
        if not isinstance(state, Todo):
            return state
        signature = signing_prospect(world.git, "tag")
        if not isinstance(signature, str):
            return Blocked(signature)
        return Todo("; ".join(filter(None, (state.detail, signature))))
