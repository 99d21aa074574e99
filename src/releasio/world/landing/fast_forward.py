"""Move the branch that is checked out to a commit that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git.commands import FastForwardRefused
from releasio.frozen import frozen
from releasio.world.landing.locking import Locking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.world.git.objects import Objects
    from releasio.world.git.process import Outcome
    from releasio.world.git.work_tree import WorkTree
    from releasio.world.landing.swap import Swap

# nothing is merged, so no hook is run
_ALONE = ("-c", "core.hooksPath=/dev/null")
_MOST = 500  # files; more do not fit on a command line, or in memory
_NO_FILE, _PROGRAM = "000000", "100755"
_PLAIN = {_NO_FILE, "100644", _PROGRAM}


@frozen
class _Change:
    """What is another file, or one more or less, from one commit to the other."""

    modes: tuple[str, str]
    ids: tuple[str, str]
    path: str


@frozen
class Landing(Locking):
    """
    Following what was pushed.

    Attributes:
        place: The repository.
        work_tree: Knows what is checked out.
        objects: Reads its objects.
    """

    work_tree: WorkTree
    objects: Objects

    def fast_forward(self, commit: str) -> None:
        """
        Move the branch that is checked out, its index and its files to *commit*.

        Whenever this ends, each file is the old one or the new one. What a git that was killed
        left half-way is finished: a file that is missing or cut short, or is the new one
        already. The repository's hooks are not run: nothing was merged.

        Raises:
            FastForwardRefused: Local changes or commits, or a lock, are in the way; nothing
                moved.
        """
        try:
            self._follow(commit)
        except OSError as error:  # a file that cannot be read, or is held open by a program
            raise FastForwardRefused(commit, str(error)) from None

    def _follow(self, commit: str) -> None:
        head, branch = self.work_tree.position()
        changes = self._changes(head, commit) if head else None
        if head is None or changes is None:
            return self._merge(branch, commit)
        from releasio.world.landing.swap import Swapping

        swaps = self._swaps(head, commit, changes)
        swapping = Swapping(self.place.root, self.place.directory / "releasio")
        if not swapping.is_possible(swaps):
            return self._merge(branch, commit)
        locks = self._locks(branch)
        if lock := next((lock for lock in locks if lock.exists()), None):
            # before anything moves, for it would be refused half-way
            message = f"Unable to create '{lock}': File exists"
            raise FastForwardRefused(commit, message, half_way=swapping.has_begun(swaps))
        swapping.carry_out(swaps)
        if refusal := self._move(head, commit, locks):
            swapping.take_back(swaps)
            self._index("read-tree", "-i", "-m", commit, head)
            raise FastForwardRefused(commit, first_reason(refusal))
        return None

    def _changes(self, head: str, commit: str) -> Sequence[_Change] | None:
        """
        Return what differs from *head* to *commit*; `None`: git must move the files itself.

        It must where other things than plain files differ, or too many files, where not all of
        them are checked out, or where the index has neither the old nor the new file.
        """
        is_sparse = self.process.ask("config", "--bool", "core.sparseCheckout").text == "true"
        if is_sparse or not self.objects.is_ancestor(head, commit):
            return None
        args = ("diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--raw", head, commit)
        fields = self.process.run(*args).text.split("\0")
        changes = [
            _Change((modes[0][1:], modes[1]), (modes[2], modes[3]), path)
            for modes, path in zip((w.split() for w in fields[::2]), fields[1::2], strict=False)
        ]
        if len(changes) > _MOST or not all(_PLAIN.issuperset(c.modes) for c in changes):
            return None
        index_entries = self._index_entries([change.path for change in changes])
        return changes if all(_is_staged(c, index_entries) for c in changes) else None

    def _index_entries(self, paths: Sequence[str]) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """Return what the index has at *paths*: flag, mode, id and stage of each entry."""
        args = ("--literal-pathspecs", "ls-files", "-v", "--stage", "-z", "--", *paths)
        index_entries: dict[str, list[tuple[str, ...]]] = {}
        for entry in self.process.run(*args).text.split("\0") if paths else ():
            if entry:
                fields, _, path = entry.partition("\t")
                index_entries.setdefault(path, []).append(tuple(fields.split(" ")))
        return index_entries

    def _swaps(self, head: str, commit: str, changes: Sequence[_Change]) -> tuple[Swap, ...]:
        from releasio.world.landing.swap import Swap

        before = [change.path for change in changes if change.modes[0] != _NO_FILE]
        after = [change.path for change in changes if change.modes[1] != _NO_FILE]
        names = [*((head, path) for path in before), *((commit, path) for path in after)]
        contents = self.objects.read_all(names)
        return tuple(
            Swap(
                change.path,
                contents.get((head, change.path)),
                contents.get((commit, change.path)),
                program=change.modes[1] == _PROGRAM,
            )
            for change in changes
        )

    def _locks(self, branch: str | None) -> tuple[Path, ...]:
        return (*self.own_locks("index", "HEAD"), self.lock_of(f"refs/heads/{branch}"))

    def _move(self, head: str, commit: str, locks: Sequence[Path]) -> Outcome | None:
        """Move index and branch; return what git says when one of them stays."""
        outcome = self._index("read-tree", "-i", "-m", head, commit)
        if not outcome.status:
            reflog_message = f"merge {commit}: Fast-forward"
            args = (*_ALONE, "update-ref", "-m", reflog_message, "HEAD", commit, head)
            outcome = self.take(locks, *args)
        if not outcome.status:
            # its status tells of local changes elsewhere, which are none of ours
            self._index("update-index", "-q", "--refresh")
        return outcome if outcome.status else None

    def _index(self, *args: str) -> Outcome:
        return self.take(self.own_locks("index"), *_ALONE, "-c", "submodule.recurse=false", *args)

    def _merge(self, branch: str | None, commit: str) -> None:
        """Have git do all of it, and say in its words what is in the way."""
        settings = ("-c", "merge.verifySignatures=false", "-c", "merge.autoStash=false")
        args = (*_ALONE, *settings, "merge", "--ff-only", "--quiet", commit)
        outcome = self.take((*self._locks(branch), *self.own_locks("ORIG_HEAD")), *args)
        if outcome.status:
            diverged = "possible to fast-forward" in outcome.err
            raise FastForwardRefused(commit, first_reason(outcome), diverged=diverged)


def _is_staged(change: _Change, index_entries: Mapping[str, Sequence[tuple[str, ...]]]) -> bool:
    """Whether the index has the file as it was, or as it is to be, and nothing special about it."""
    entries = index_entries.get(change.path, ())
    if not entries:
        return _NO_FILE in change.modes
    versions = zip(change.modes, change.ids, strict=True)
    return [*entries] in [[("H", mode, object_id, "0")] for mode, object_id in versions]


def first_reason(outcome: Outcome) -> str:
    """Return why git refused, with the files it names."""
    lines = [line for line in outcome.err.splitlines() if not line.startswith("hint:")]
    if not lines:
        return outcome.text
    reason = lines[0].removeprefix("error: ").removeprefix("fatal: ")
    files = [line.strip() for line in lines if line.startswith("\t")]
    return f"{reason} {', '.join(files)}" if files else reason
