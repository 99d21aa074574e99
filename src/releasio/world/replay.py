"""Put a commit that somebody made on top of another one, in a scratch work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.git.process import failed
from releasio.world.plain_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from releasio.world.git.git import Git

    # path, the bytes before the commit, those of the commit, those on top of which it comes
    Resolve = Callable[[str, bytes, bytes, bytes], bytes | None]

_STAGES = 3  # of a file in conflict: before, on top of which, the commit's
_NO_HOOKS = ("-c", "core.hooksPath=/dev/null", "-c", "core.sparseCheckout=false")


def replay(tree: Git, commit: str, resolve: Resolve) -> tuple[str, ...]:
    """
    Put *commit*, no merge, on top of what is checked out in *tree*; its author stays.

    One whose changes are there already is left out.

    Args:
        tree: A scratch work tree without changes.
        commit: All digits.
        resolve: Returns a file that both sides changed in the same place; None: it cannot.

    Returns:
        The files that do not fit; the tree is then as it was. Empty: it is done.

    Raises:
        GitFailed: git could not do it for another reason.
    """
    args = (*_NO_HOOKS, "cherry-pick", commit)
    outcome = tree.process.ask(*args)
    if not outcome.status:
        return ()
    conflicts = _conflicts(tree)
    paths = sorted({path for path, _, _ in conflicts})
    unsolved = tuple(path for path in paths if not _solve(tree, path, conflicts, resolve))
    if unsolved:
        tree.process.run(*_NO_HOOKS, "cherry-pick", "--abort")
        return unsolved
    if not tree.process.ask("diff", "--cached", "--quiet", "HEAD").status:
        if not paths and "is now empty" not in f"{outcome.text}{outcome.err}":
            raise failed(args, outcome)
        tree.process.run(*_NO_HOOKS, "cherry-pick", "--skip")
    else:
        tree.process.run(*_NO_HOOKS, "cherry-pick", "--continue")
    return ()


def _conflicts(tree: Git) -> tuple[tuple[str, int, str], ...]:
    """Return path, stage and object of each version of a file in conflict."""
    lines = tree.process.run("ls-files", "--unmerged", "-z").text.split("\0")
    entries = (line.partition("\t") for line in lines if line)
    return tuple((path, int(head.split()[2]), head.split()[1]) for head, _, path in entries)


def _solve(
    tree: Git, path: str, conflicts: Iterable[tuple[str, int, str]], resolve: Resolve
) -> bool:
    contents = [
        tree.process.run("cat-file", "blob", object_id).out
        for conflict_path, _, object_id in sorted(conflicts, key=lambda conflict: conflict[1])
        if conflict_path == path
    ]
    if len(contents) != _STAGES:
        return False
    before, ours, theirs = contents
    content = resolve(path, before, theirs, ours)
    if content is None:
        return False
    write_whole(tree.root / path, content)
    tree.process.run("--literal-pathspecs", "add", "--", path)
    return True
