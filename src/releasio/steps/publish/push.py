"""Make the release public: branch and tag in one push, both or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
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
from releasio.world.ci.ci import ci_name
from releasio.world.git.remote import RefUpdate
from releasio.world.git.signing import signing_prospect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.rules.running.remote import Remote
    from releasio.world.run import Run
    from releasio.world.world import World


def tag_ref(tag: str) -> str:
    """Return the private ref that keeps the object of *tag* until it is public."""
    return f"refs/releasio/{tag}/tag"


def _ref(tag: str) -> str:
    return f"refs/tags/{tag}"


@frozen
class Push:
    """
    The commit point of a release.

    The tag is the lock: the remote takes it only if it has none of that name,
    so that of two concurrent runs one wins. The branch is sent along with the
    value it must have now; the remote takes both or neither.

    Attributes:
        remote: Where to; `None` when the repository has no remote.
        branch: Which branch moves; `None` when the commit is on the remote already.
        tag: The release's tag.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        base: The commit this release starts from: what the branch must contain.
        message: The tag's message; empty in such a preview.
        foresees: Whether this is planned before the first step: the remote is asked then
            whether it takes pushes from here at all.
    """

    remote: Remote | None
    branch: str | None
    tag: str
    commit: str | None
    base: str
    message: str
    foresees: bool = False

    def __str__(self) -> str:
        to = self.remote.name if self.remote else "a remote"
        if self.branch is None:
            return f"push tag {self.tag} to {to}"
        return f"push {self.branch} and tag {self.tag} to {to}, both or neither"

    @property
    def opens(self) -> str:
        """What becomes public."""
        return self.tag

    def probe(self, world: World) -> State:
        """Ask the remote what branch and tag are there."""
        if self.remote is None:
            return Blocked(NoRemote())
        named = world.git.refs(_ref(self.tag))  # the tag, and those in a folder of its name
        here = named.get(_ref(self.tag))
        here = here and (world.git.peel(here) or here)
        if in_the_way := self._in_the_way(here, named, world):
            return Blocked(in_the_way)
        if world.offline:
            return _with_signature(Todo(f"{self.remote.name} was not asked"), here, world)
        refs = self._remote_refs(world)
        there = self._tagged(refs)
        if there is not None:
            return self._tagged_state(there, world)
        if here is None and self.commit is not None and not world.git.knows_committer():
            return Blocked(NoIdentity())
        state = self._branch_state(refs, world)
        state = self._permitted(state, world) if self.foresees else state
        return _with_signature(state, here, world)

    def _permitted(self, state: State, world: World) -> State:
        """Ask whether this account may push; without a login, only a job is sure to fail."""
        if self.remote is None or not isinstance(state, Todo):
            return state
        refusal = world.git.try_push(self.remote, self.commit or self.base, _ref(self.tag))
        if refusal is None:
            return state
        if isinstance(refusal, RemoteAuthFailed) and refusal.asks_login and not ci_name(world.env):
            return Todo("whether it takes pushes from here is not known: there is no login for it")
        return Blocked(refusal)

    def _in_the_way(
        self, here: str | None, named: Iterable[str], world: World
    ) -> ReleasioError | None:
        """Return why this clone cannot have the tag: it could not follow what is public."""
        if here is not None:
            taken = TagTaken(self.tag, found=here, wanted=self.commit)
            return None if here == self.commit else taken
        above = [parent for parent in folders_of(self.tag) if world.git.read_ref(_ref(parent))]
        below = [ref.removeprefix(_ref("")) for ref in named]
        return next((TagNameBlocked(self.tag, other) for other in (*above, *below)), None)

    def _tagged_state(self, there: str, world: World) -> State:
        if there == self.commit:
            return Done()
        return Blocked(self._winner(there, world))

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
        Make the tag object and push.

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
        made = self._tag_object(world, self.commit)
        updates = [*self._move(world, self.commit), RefUpdate(f"refs/tags/{self.tag}", made, None)]
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
            return self._tagged(self._remote_refs(world)) == self.commit
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

    def _tag_object(self, world: World, commit: str) -> str:
        """Return the tag that is here already, or make one and keep it under a private ref."""
        made = world.git.read_ref(f"refs/tags/{self.tag}")
        if made is None:
            made = world.git.make_tag(self.tag, commit, self.message, world.dated())
            world.git.set_ref(tag_ref(self.tag), made)
        return made

    def _explain_race(self, world: World) -> None:
        """Say who was faster; when nobody is there, our own push came through after all."""
        refs = self._remote_refs(world)
        there = self._tagged(refs)
        if there == self.commit:
            return
        if there is not None:
            raise self._winner(there, world)
        found = refs.get(f"refs/heads/{self.branch}") or ""
        raise BranchMoved(self.branch or "", self.remote.name if self.remote else "", found=found)

    def _winner(self, there: str, world: World) -> ReleasioError:
        """Say what the tag that is there is: another run's, one that was not fetched, or any."""
        if self.remote is None:
            return TagTaken(self.tag, found=there, wanted=self.commit)
        world.git.fetch(self.remote, f"refs/tags/{self.tag}")
        if world.git.peel(there) is None:
            return TagTaken(self.tag, found=there, wanted=self.commit)
        made = world.git.commit_info(there)
        from_here = self.base in made.parents or there == self.base
        # another run pushes branch and tag, both or neither; anybody may push a tag alone
        if from_here and (self.branch is None or self._contained(there, world)):
            return ReleasedElsewhere(self.tag, commit=there, author=made.author, time=made.time)
        if world.git.is_ancestor(there, self.base):
            return TagsMissing([self.tag], self.remote.name)
        return TagTaken(self.tag, found=there, wanted=self.commit)

    def _remote_refs(self, world: World) -> dict[str, str]:
        if self.remote is None:
            return {}
        wanted = [f"refs/tags/{self.tag}", f"refs/tags/{self.tag}^{{}}"]
        if self.branch is not None:
            wanted.append(f"refs/heads/{self.branch}")
        return world.git.ls_remote(self.remote, *wanted)

    def _tagged(self, refs: dict[str, str]) -> str | None:
        name = f"refs/tags/{self.tag}"
        return refs.get(f"{name}^{{}}") or refs.get(name)


def _with_signature(state: State, here: str | None, world: World) -> State:
    """Say what is known of the tag's signature, unless it is *here* already."""
    if here is not None or not isinstance(state, Todo):
        return state
    signature = signing_prospect(world.git, "tag")
    if not isinstance(signature, str):
        return Blocked(signature)
    return Todo("; ".join(filter(None, (state.detail, signature))))
