"""Run git commands that lock parts of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git.commands import RepositoryLocked
from releasio.text.pattern import pattern
from releasio.world.git.place import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from releasio.world.git.process import Outcome
    from releasio.world.landing.held import Held

# all that may be locked when a ref goes, beside the ref itself; newer gits can keep refs in tables
_TABLES = "reftable/tables.list.lock"
_PACKED = ("packed-refs.lock", "packed-refs.new", _TABLES)
_IN_THE_WAY = pattern(r"'([^']+\.(?:lock|new))': File exists")


class Locking(Part):
    """Commands whose locks are written down before they are taken."""

    def lock_of(self, ref: str) -> Path:
        """Return the lock of a ref that all work trees share."""
        return self.place.directory.joinpath(*f"{ref}.lock".split("/"))

    def own_locks(self, *names: str) -> tuple[Path, ...]:
        """Return the locks of files that each work tree has for itself, such as `index`."""
        own_directory = self.place.own_directory()
        return tuple(own_directory / f"{name}.lock" for name in names)

    def held(self, locks: Iterable[Path]) -> AbstractContextManager[Held]:
        """Write down that a git of ours may take *locks*; see `holding`."""
        from releasio.world.landing.held import holding

        return holding(self.place.directory / "releasio", locks)

    def take(self, locks: Iterable[Path], *args: str) -> Outcome:
        """
        Run git, which may take *locks*; if it is killed, and not we, run it once more.

        Only for commands that, done twice, are done once.
        """
        with self.held(locks) as held_locks:
            outcome = self.process.ask(*args, descriptors=held_locks.descriptors)
            if held_locks.free_after(outcome.status):
                outcome = self.process.ask(*args, descriptors=held_locks.descriptors)
                held_locks.free_after(outcome.status)
        return outcome

    def change_ref(self, ref: str, *args: str) -> Outcome:
        """
        Run `git update-ref` on *ref*.

        Raises:
            RepositoryLocked: Another git has locked it, or one that died.
        """
        packed = (self.place.directory / name for name in _PACKED)
        outcome = self.take((self.lock_of(ref), *packed), "update-ref", *args)
        if outcome.status and (lock := lock_in_the_way(outcome.err)):
            raise RepositoryLocked(ref, lock)
        return outcome


def lock_in_the_way(message: str) -> str:
    """Return the path of the lock that git found taken, by its *message*; empty: none."""
    match = _IN_THE_WAY.search(message)
    return match[1] if match else ""
