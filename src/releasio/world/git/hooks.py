"""git's hooks that run when a commit is made."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.world.git.git import Git

_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")


def commit_hooks(git: Git) -> tuple[str, ...]:
    """
    Return the names of the hooks that git runs when it commits, in the order in which they run.

    They lie in `.git/hooks`, or where `core.hooksPath` says. git passes over those that may not
    be executed.
    """
    folder = git.root / git.process.run("rev-parse", "--git-path", "hooks").text
    return tuple(
        name for name in _HOOKS if (path := folder / name).is_file() and os.access(path, os.X_OK)
    )
