"""Make releases public: branch and tags in one push, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, together
from releasio.errors.git.checkout import TagsMissing
from releasio.errors.git.commands import GitFailed, NoIdentity, RemoteAuthFailed, RemoteUnreachable
from releasio.errors.git.push import (
    BranchMoved,
    NoRemote,
    PushRaced,
    ReleasedElsewhere,
    TagNameBlocked,
    TagTaken,
)
from releasio.frozen import frozen
from releasio.rules.running.plain_file import folders_of
from releasio.steps.step import Blocked, Done, State, Todo
from releasio.text.listing import listed
from releasio.world.ci.ci import ci_name
from releasio.world.git.remote import RefUpdate
from releasio.world.git.signing import signing_prospect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.running.remote import Remote
    from releasio.world.run import Run
    from releasio.world.world import World


def tag_ref(tag: str) -> str:
    """Return the private ref that keeps the object of *tag* until it is public."""
    return f"refs/releasio/{tag}/tag"


def _ref(tag: str) -> str:
    return f"refs/tags/{tag}"


@frozen
class NewTag:
    """
    A tag that a release makes.

    Attributes:
        name: Its name.
        message: What its object says; empty in a preview before the build.
    """

    name: str
    message: str


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
    """

    remote: Remote | None
    branch: str | None
    tags: tuple[NewTag, ...]
    commit: str | None
    base: str
    foresees: bool = False

    def __str__(self) -> str:
        to = self.remote.name if self.remote else "a remote"
        tags = f"{'tags' if self.tags[1:] else 'tag'} {self.opens}"
        if self.branch is None:
            return f"push {tags} to {to}"
        whole = "all or none" if self.tags[1:] else "both or neither"
        return f"push {self.branch} and {tags} to {to}, {whole}"

    @property
    def opens(self) -> str:
        """What becomes public."""
        return listed([tag.name for tag in self.tags], len(self.tags))

    def probe(self, world: World) -> State:
        """Ask the remote what branch and tags are there."""
        if self.remote is None:
            return Blocked(NoRemote())
        if errors := [error for tag in self.tags if (error := self._in_the_way(tag.name, world))]:
            return Blocked(together(errors))
        if world.offline:
            return self._with_signature(Todo(f"{self.remote.name} was not asked"), world)
        return self._public_state(self._remote_refs(world), world)

    def _public_state(self, refs: dict[str, str], world: World) -> State:
        """Judge by what the remote has."""
        public = {tag.name: there for tag in self.tags if (there := _tagged(refs, tag.name))}
        if errors := [
            self._winner(name, there, world)
            for name, there in public.items()
            if there != self.commit
        ]:
            return Blocked(together(errors))
        if len(public) == len(self.tags):
            return Done()
        if self._lacks_tag(world) and self.commit and not world.git.knows_committer():
            return Blocked(NoIdentity())
        state = self._branch_state(refs, world)
        state = self._permitted(state, world) if self.foresees else state
        return self._with_signature(state, world)

    def _lacks_tag(self, world: World) -> bool:
        """Whether a tag is not here yet, and has to be made."""
        return any(world.git.read_ref(_ref(tag.name)) is None for tag in self.tags)

    def _permitted(self, state: State, world: World) -> State:
        """Ask whether this account may push; without a login, only a job is sure to fail."""
        if self.remote is None or not isinstance(state, Todo):
            return state
        refusal = world.git.try_push(self.remote, self.commit or self.base, _ref(self.tags[0].name))
        if refusal is None:
            return state
        if isinstance(refusal, RemoteAuthFailed) and refusal.asks_login and not ci_name(world.env):
            return Todo("whether it takes pushes from here is not known: there is no login for it")
        return Blocked(refusal)

    def _in_the_way(self, tag: str, world: World) -> ReleasioError | None:
        """Return why this clone cannot have *tag*: it could not follow what is public."""
        refs = world.git.refs(_ref(tag))  # the tag, and those in a folder of its name
        here = refs.get(_ref(tag))
        if here is not None:
            commit = world.git.peel(here) or here
            return (
                None if commit == self.commit else TagTaken(tag, found=commit, wanted=self.commit)
            )
        above = [parent for parent in folders_of(tag) if world.git.read_ref(_ref(parent))]
        below = [ref.removeprefix(_ref("")) for ref in refs]
        return next((TagNameBlocked(tag, other) for other in (*above, *below)), None)

    def _branch_state(self, refs: dict[str, str], world: World) -> State:
        if self.branch is None:
            return Todo()
        there = refs.get(f"refs/heads/{self.branch}")
        if there is None:
            return Todo("a new branch there")
        if world.git.is_ancestor(there, self.commit or self.base):
            return Todo()
        if self._contained(self.commit, world):
            return Todo(f"{self.branch} there has the commit already, and more")
        name = self.remote.name if self.remote else ""
        return Blocked(BranchMoved(self.branch, name, found=there))

    def _contained(self, commit: str | None, world: World) -> bool:
        """Whether the branch there has *commit*."""
        if commit is None or self.remote is None or self.branch is None:
            return False
        return world.git.branch_has(self.remote, self.branch, commit)

    def apply(self, world: World, run: Run) -> None:
        """
        Make the tag objects and push.

        Raises:
            ReleasedElsewhere: Another run was faster; nothing was changed.
            BranchMoved: Somebody pushed in between; nothing was changed.
            PushRefused: The remote's rules forbid it, in its own words.
            RemoteUnreachable: No answer came, and the remote could not be asked
                whether it has the tag.
        """
        if self.remote is None or self.commit is None:
            msg = "a push needs a remote and the release commit"
            raise RuntimeError(msg)
        public = self._remote_refs(world)
        updates = [*self._move(world, self.commit)]
        for tag in self.tags:
            if _tagged(public, tag.name) is None:
                made = _tag_object(world, tag, self.commit)
                updates.append(RefUpdate(_ref(tag.name), made, None))
        try:
            world.git.push(self.remote, updates)
        except PushRaced:
            self._explain_race(world)
        except (RemoteUnreachable, GitFailed):
            if not self._arrived(world):
                raise

    def _arrived(self, world: World) -> bool:
        """Whether it is public all the same: only the answer was lost; not, if nobody can tell."""
        try:
            refs = self._remote_refs(world)
            return all(_tagged(refs, tag.name) == self.commit for tag in self.tags)
        except ReleasioError:
            return False

    def _move(self, world: World, commit: str) -> tuple[RefUpdate, ...]:
        """Return the move of the branch to *commit*; none if it has that and went on since."""
        if self.branch is None:
            return ()
        ref = f"refs/heads/{self.branch}"
        there = self._remote_refs(world).get(ref)
        if there and not world.git.is_ancestor(there, commit) and self._contained(commit, world):
            return ()
        return (RefUpdate(ref, commit, there),)

    def _explain_race(self, world: World) -> None:
        """Say who was faster; when nobody is there, our own push came through after all."""
        refs = self._remote_refs(world)
        public = {tag.name: there for tag in self.tags if (there := _tagged(refs, tag.name))}
        for name, there in public.items():
            if there != self.commit:
                raise self._winner(name, there, world)
        if len(public) == len(self.tags):
            return
        found = refs.get(f"refs/heads/{self.branch}") or ""
        raise BranchMoved(self.branch or "", self.remote.name if self.remote else "", found=found)

    def _winner(self, tag: str, there: str, world: World) -> ReleasioError:
        """Say what the tag that is there is: another run's, one that was not fetched, or any."""
        if self.remote is None:
            return TagTaken(tag, found=there, wanted=self.commit)
        world.git.fetch(self.remote, _ref(tag))
        if world.git.peel(there) is None:
            return TagTaken(tag, found=there, wanted=self.commit)
        made = world.git.commit_info(there)
        from_here = self.base in made.parents or there == self.base
        # another run pushes branch and tag, both or neither; anybody may push a tag alone
        if from_here and (self.branch is None or self._contained(there, world)):
            return ReleasedElsewhere(tag, commit=there, author=made.author, time=made.time)
        if world.git.is_ancestor(there, self.base):
            return TagsMissing([tag], self.remote.name)
        return TagTaken(tag, found=there, wanted=self.commit)

    def _remote_refs(self, world: World) -> dict[str, str]:
        if self.remote is None:
            return {}
        names = [f"{_ref(tag.name)}{end}" for tag in self.tags for end in ("", "^{}")]
        if self.branch is not None:
            names.append(f"refs/heads/{self.branch}")
        return world.git.ls_remote(self.remote, *names)

    def _with_signature(self, state: State, world: World) -> State:
        """Say what is known of the tags' signatures, unless all of them are here already."""
        if not isinstance(state, Todo) or not self._lacks_tag(world):
            return state
        signature = signing_prospect(world.git, "tag")
        if not isinstance(signature, str):
            return Blocked(signature)
        return Todo("; ".join(filter(None, (state.detail, signature))))


def _tagged(refs: Mapping[str, str], tag: str) -> str | None:
    """Return the commit that *tag* names among the remote's *refs*."""
    return refs.get(f"{_ref(tag)}^{{}}") or refs.get(_ref(tag))


def _tag_object(world: World, tag: NewTag, commit: str) -> str:
    """Return the tag that is here already, or make one and keep it under a private ref."""
    made = world.git.read_ref(_ref(tag.name))
    if made is None:
        made = world.git.make_tag(tag.name, commit, tag.message, world.dated())
        world.git.set_ref(tag_ref(tag.name), made)
    return made
