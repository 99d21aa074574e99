"""Which dependencies differ from those of the last release, in manifest and lock files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.release.reading.project.documents import files_at
from releasio.rules.changes.differences import differences, is_about_dependency
from releasio.rules.changes.locked import locked_differences, locked_versions
from releasio.rules.changes.read_promises import read_promises
from releasio.rules.project.locks.lock_files import PYTHON_LOCKS
from releasio.rules.project.project_files import DESCRIBING_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.commits.reading import Reading
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.world.git.git import Git


def with_dependencies(
    git: Git, reading: Reading, *, since: str, head: str, new: ProjectFiles, name: str
) -> Reading:
    """
    Return *reading* with a line for each dependency that differs.

    Args:
        git: Reads the files of both releases.
        reading: What the commits since the last one say.
        since: The last release, as a revision.
        head: The newest commit.
        new: The project's files there.
        name: The project's name.
    """
    if not reading.commits:
        return reading
    old = files_at(git, since, new.folder)
    old.load(*DESCRIBING_FILES)
    new.load(*DESCRIBING_FILES)
    effects = differences(read_promises(old), read_promises(new))
    required = [effect.text for effect in effects if is_about_dependency(effect.text)]
    lines = (*required, *_locked(git, since, head, new.folder, name))
    return replace(reading, dependencies=lines)


def _locked(git: Git, since: str, head: str, folder: str, name: str) -> Iterator[str]:
    paths = tuple(f"{folder}/{lock}" if folder else lock for lock in PYTHON_LOCKS)
    before, after = git.objects.read_files(since, paths), git.objects.read_files(head, paths)
    for path in paths:
        old, new = before[path], after[path]
        if old is not None and new is not None and old != new:
            yield from locked_differences(
                locked_versions(old.decode("utf-8", "replace"), name),
                locked_versions(new.decode("utf-8", "replace"), name),
            )
            return  # of two locks the second says the same
