"""What a release trusts beside its commit, and who else could change it meanwhile."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.forge.forge_url import without_credentials
from releasio.rules.running.environment import STEP_FILES
from releasio.rules.running.plain_file import FILE
from releasio.world.plain_file import what_is

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from releasio.world.git.git import Git

# They name people or places, or are written by git itself and by LFS when a work tree is made;
# none of them runs or redirects anything.
_HARMLESS = re.compile(
    r"(?:user|author|committer|safe|advice|gc|maintenance)\."
    r"|(?:extensions\.relativeworktrees|core\.repositoryformatversion)$"
    r"|lfs\.(?:repositoryformatversion|.*\.(?:access|locksverify))$"
)
# bash reads the last one wherever it is started, and CircleCI's steps speak through it
_WATCHED = (*sorted(STEP_FILES), "BASH_ENV")


@frozen
class Surroundings:
    """
    What hooks and build backends could change to get at what comes after them.

    Attributes:
        tags: The objects that the releases' tags name here; empty: one is not here.
        hooks: git's hooks, by name; for each what it is and holds.
        settings: git's settings of every scope, by key, but those that only name people.
        steps: The files that speak to later steps of the job, by variable.
        work_tree: Tracked files with changes, and what they hold.
    """

    tags: Mapping[str, str]
    hooks: Mapping[str, str]
    settings: Mapping[str, str]
    steps: Mapping[str, str]
    work_tree: Mapping[str, str]

    def changes(self, now: Surroundings) -> tuple[str, ...]:
        """Return what is another *now*, each in a few words."""
        settings = _differing(self.settings, now.settings)
        # with another folder all of them are others, and the setting tells it
        hooks = [] if "core.hookspath" in settings else _differing(self.hooks, now.hooks)
        return (
            # url.ADDRESS.insteadOf has an address in its name, with a login at times
            *(f"git's setting {without_credentials(name)}" for name in settings),
            *(f"git's hook {name}" for name in hooks),
            *(f"${name}" for name in _differing(self.steps, now.steps)),
            *(f"tag {name}" for name in _differing(self.tags, now.tags)),
            *_differing(self.work_tree, now.work_tree),
        )


def look_around(git: Git, env: Mapping[str, str], tags: Iterable[str]) -> Surroundings:
    """
    Read what must stay as it is until the push.

    Values of settings and contents of files are kept as hashes only, for they may be secrets.

    Args:
        git: The user's repository.
        env: The process environment.
        tags: Those of the releases.
    """
    git.forget()  # whatever ran meanwhile, also in another terminal: this is what looks for it
    git.begin_settings()
    status = git.work_tree.start_status()  # three gits at once: none waits for another
    names = {tag: f"refs/tags/{tag}" for tag in tags}
    refs = git.refs.below(*names.values()) if names else {}
    return Surroundings(
        tags={tag: refs.get(ref, "") for tag, ref in names.items()},
        hooks=dict(_hooks(git)),
        settings=_settings(git),
        steps={name: _content(Path(env[name])) for name in _WATCHED if env.get(name)},
        work_tree={path: _content(git.root / path) for path in status.changed()},
    )


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(n for n in {*before, *now} if before.get(n) != now.get(n))


def _hooks(git: Git) -> Iterator[tuple[str, str]]:
    """Yield git's hooks, wherever `core.hooksPath` has them, and what lies beside them."""
    folder = git.hooks_folder()
    # in a work tree beside them may be everything, and changes there are seen anyway
    is_ours = folder.resolve().is_relative_to(git.directory)
    for directory, folders, files in os.walk(folder):
        if not is_ours:
            folders.clear()
        for name in (file for file in files if not file.endswith(".sample")):
            path = Path(directory, name)
            yield path.relative_to(folder).as_posix(), _content(path)


def _settings(git: Git) -> dict[str, str]:
    # of several values of one key each counts
    return {
        key: _hash("\0".join(values).encode("utf-8", "surrogateescape"))
        for key, values in git.settings().items()
        if not _HARMLESS.match(key)
    }


def _content(path: Path) -> str:
    """Return what stands at *path*, whether it can be executed, and a hash of its bytes."""
    kind = what_is(path)
    if kind != FILE:
        return kind or "nothing"
    executable = "x" if os.access(path, os.X_OK) else "-"
    return f"{executable} {_hash(path.read_bytes())}"


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
