"""Move tags along with a release: `v1` and `v1.2` to 1.2.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.rules.versions.floating import next_move
from releasio.steps.step import Done, Omitted, State, Todo
from releasio.text.listing import listed
from releasio.world.git.remotes import RefUpdate

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.running.remote import Remote
    from releasio.rules.versions.floating import Move
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class MoveTags:
    """
    Move tags on the remote to the release, if they go forward by it.

    Each is sent with the value it must have until then, so that nobody's move is undone.

    Attributes:
        remote: Where they are.
        names: The tags, such as `v1` and `v1.2`.
        tag: The release's own.
        version: What that says.
        form: How releases are named.
    """

    remote: Remote
    names: tuple[str, ...]
    tag: str
    version: Version
    form: TagForm

    def __str__(self) -> str:
        return f"move {listed(self.names)} to {self.tag} on {self.remote.name}"

    def probe(self, world: World) -> State:
        """Ask the remote where they are."""
        if world.offline:
            return Todo(f"{self.remote.name} was not asked")
        try:
            moves = self._moves(self._remote_refs(world))
        except ReleasioError as error:  # what is public already must not wait for it
            return Todo(str(error))
        if names := [name for name, move in moves.items() if move == "to do"]:
            return Todo("" if len(names) == len(moves) else f"{listed(names)} alone")
        if strays := [name for name, move in moves.items() if move == "stray"]:
            return Omitted(self._left_alone(strays))
        newer = any(move == "newer" for move in moves.values())
        return Done("what they name is newer" if newer else "")

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Move them here and there.

        Raises:
            PushRaced: Somebody else moved one in between.
            PushRefused: The remote's rules forbid it.
            RemoteUnreachable: No answer came; running again tells.
        """
        refs = self._remote_refs(world)
        moves = self._moves(refs)
        names = [name for name, move in moves.items() if move == "to do"]
        commit = _commits(refs)[self.tag]
        # here first: of what is behind on the remote a later run hears, and of what is here not
        own_values = {name: world.git.refs.read(_ref(name)) for name in names}
        followers = [name for name in names if own_values[name] in {None, refs.get(_ref(name))}]
        for name in followers:
            world.git.ref_changes.point(_ref(name), commit)
        try:
            world.git.remotes.push(
                self.remote,
                [RefUpdate(_ref(name), commit, refs.get(_ref(name))) for name in names],
            )
        except ReleasioError:
            for name in followers:
                _put_back(world, name, own_values[name])
            raise
        strays = [name for name, move in moves.items() if move == "stray"]
        return Omitted(self._left_alone(strays)) if strays else None

    def _left_alone(self, names: list[str]) -> str:
        return f"{listed(names)} names a commit of no release, and stays there"

    def _moves(self, refs: dict[str, str]) -> dict[str, Move]:
        commits = _commits(refs)
        return {
            name: next_move(name, self.tag, self.version, commits, self.form) for name in self.names
        }

    def _remote_refs(self, world: World) -> dict[str, str]:
        """Return the tags of the remote that begin like those that move."""
        start = self.form.before + str(self.version.release[0])
        if self.version.epoch:
            start = f"{self.form.before}{self.version.epoch}!{self.version.release[0]}"
        return world.git.remotes.list_refs(self.remote, _ref(f"{start}*"), _ref(self.tag))


def _ref(tag: str) -> str:
    return f"refs/tags/{tag}"


def _commits(refs: dict[str, str]) -> dict[str, str]:
    """Return tag to commit; of an annotated tag the commit follows with `^{}`."""
    begin = len("refs/tags/")
    commits = {ref[begin:]: object_id for ref, object_id in refs.items() if not ref.endswith("^{}")}
    peeled = {ref[begin:-3]: commit for ref, commit in refs.items() if ref.endswith("^{}")}
    return commits | peeled


def _put_back(world: World, name: str, value: str | None) -> None:
    if value is None:
        world.git.ref_changes.delete(_ref(name))
    else:
        world.git.ref_changes.point(_ref(name), value)
