"""What differs between the manifest of the last release and that of HEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.release.reading.project.documents import files_at
from releasio.rules.project.project_files import DESCRIBING_FILES, MANIFEST

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.rules.commits.reading import Reading
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.world.git.git import Git


def with_metadata(
    git: Git, config: Config, reading: Reading, *, since: str, head: str, new: ProjectFiles
) -> Reading:
    """
    Return *reading* with what its users depend on and what is different of it.

    Args:
        git: Reads the files of the last release, in one call.
        config: The settings in force.
        reading: What the commits since then say.
        since: The last release, as a revision.
        head: The newest commit.
        new: The project's files there.
    """
    if config.changes.metadata == "off" or not reading.commits:
        return reading
    old = files_at(git, since, new.folder)
    old.load(*DESCRIBING_FILES)
    if _are_alike(old, new):
        return reading
    from releasio.rules.changes.differences import differences
    from releasio.rules.changes.effect import with_levels
    from releasio.rules.changes.read_promises import read_promises

    effects = list(with_levels(differences(read_promises(old), read_promises(new)), config.changes))
    if not effects:
        return reading
    commit = _newest(git, reading, since, head, new)
    return replace(reading, effects=tuple(replace(effect, commit=commit) for effect in effects))


def _are_alike(old: ProjectFiles, new: ProjectFiles) -> bool:
    """Whether both manifests are the same, and say everything themselves."""
    path = new.manifest
    manifest = old.contents[path]
    new.load(MANIFEST)
    if manifest is None or manifest != new.contents[path]:
        return False
    return b"[project]" in manifest and b"dynamic" not in manifest


def _newest(git: Git, reading: Reading, since: str, head: str, files: ProjectFiles) -> str:
    """Return the newest of the commits that changed a manifest."""
    paths = [path for name in DESCRIBING_FILES if (path := files.path(name))]
    known_commits = {commit.id for commit in reading.commits}
    line = git.history.first_parent_line(since, head, paths)
    changed = (commit for commit, _ in line if commit in known_commits)
    return next(changed, reading.commits[0].id)
