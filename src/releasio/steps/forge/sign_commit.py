"""Have the forge make a commit again, signed by its own key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.forge.access import forge_at, not_asked
from releasio.steps.step import Blocked, State, Todo, needed

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.running.remote import Remote
    from releasio.world.forge.signing_branch import Changed
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class SignCommit:
    """
    Replace the commit that git made by one of the same files that the forge made.

    It is made on a branch of its own, which is there for that moment only: what is built and
    checked afterwards is the forge's commit, and no other branch and no tag has it before.

    Attributes:
        place: The repository on its forge.
        remote: How git reaches it.
        refs: The private refs that keep the commit.
        label: What the branch is called after: the release's tag.
        follows: It is the commit that follows the release commit.
    """

    place: ForgePlace
    remote: Remote | None
    refs: tuple[str, ...]
    label: str
    follows: bool = False

    def __str__(self) -> str:
        kind = "the next commit" if self.follows else "the release commit"
        return f"have {self.place.name} make {kind}, which signs it"

    def probe(self, world: World) -> State:
        """Find out whether there is a token, and whether this forge signs."""
        if self.remote is None:
            from releasio.errors.git.push import NoRemote

            return Blocked(NoRemote())
        if world.offline:
            return Todo(not_asked(self.place))
        if forge_at(world, self.place).signer is not None:
            return Todo()
        from releasio.errors.forge.lacks import ForgeLacks

        hint = "Set github.commit_with_api = false, and sign with git: commit.gpgSign and a key."
        return Blocked(ForgeLacks(self.place.name, "commits that it signs", hint=hint))

    def apply(self, world: World, run: Run) -> None:
        """
        Have it made, fetch it, and keep it in place of git's own.

        Raises:
            ForgeCannotCommit: The commit has something else than plain files.
            ForgeCommitDiffers: The forge made something else of it.
            ReleasioError: The forge or the remote did not answer, or refused; nothing is public.
        """
        from releasio.world.forge.signing_branch import SigningBranch, changes_of, go_on_from

        git, place = world.git, "the commit is made first, in a repository on a forge that signs"
        commit = needed(git.refs.read(self.refs[0]), place)
        signer = needed(forge_at(world, self.place).signer, place)
        remote = needed(self.remote, place)
        info = git.history.commit(commit)
        (parent,) = info.parents
        changes = changes_of(git, parent, commit)
        self._require_plain(changes)
        branch = SigningBranch(git, remote, f"releasio/sign-{self.label}")
        with branch.at(parent):
            files = {path: change.content for path, change in changes.items()}
            signed = signer.create_commit(branch.name, parent, info.message, files)
            branch.fetch(signed)
        if paths := git.commits.differing(commit, signed):
            from releasio.errors.forge.commit import ForgeCommitDiffers

            raise ForgeCommitDiffers(self.place.name, signed, paths)
        for ref in self.refs:
            git.ref_changes.point(ref, signed)
        go_on_from(run.open_tree, signed)

    def _require_plain(self, changes: dict[str, Changed]) -> None:
        from releasio.world.forge.signing_branch import GONE, PLAIN

        odd_paths = [path for path, change in changes.items() if change.mode not in {PLAIN, GONE}]
        if odd_paths:
            from releasio.errors.forge.commit import ForgeCannotCommit

            raise ForgeCannotCommit(self.place.name, sorted(odd_paths))
