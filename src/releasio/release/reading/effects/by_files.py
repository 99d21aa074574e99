"""Which commits touch nothing of the package, as git knows their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.bump.by_files import judged, to_be_judged
from releasio.rules.changes.outside import Outside, why_outside
from releasio.rules.changes.patterns import PathPatterns
from releasio.rules.project.project_files import DESCRIBING_FILES

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.rules.commits.reading import Reading
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.world.git.git import Git

_MOST_WORKFLOWS = 100  # are read


def judge_by_files(
    git: Git, config: Config, reading: Reading, *, files: ProjectFiles, name: str
) -> Reading:
    """
    Return *reading* without what touches nothing of the package.

    git is asked once, and only about commits that would raise the version; once more for the
    project's own files where one of them seems to touch nothing that counts.

    Args:
        git: Knows the files of commits.
        config: The settings in force.
        reading: What the commits since the last release say.
        files: Those of the project at the newest of them; they say what is in the package.
        name: The project's name.
    """
    candidates = to_be_judged(reading, config.commits) if config.changes.by_files else ()
    if not candidates:
        return reading
    outside = Outside(files.folder, frozenset(), PathPatterns.of(config.changes.ignore))
    idle = {
        commit: paths
        for commit, paths in git.history.touched(candidates)
        if outside.holds_all(paths)
    }
    if idle:
        shipped = _shipped(files, name, outside, frozenset().union(*idle.values()))
        outside = replace(outside, shipped=shipped)
    reasons = {
        commit: why_outside(paths) for commit, paths in idle.items() if outside.holds_all(paths)
    }
    return judged(reading, reasons, config)


def _shipped(
    files: ProjectFiles, name: str, outside: Outside, touched_paths: frozenset[str]
) -> frozenset[str]:
    """Return what the project says of its package, and which of *touched_paths* build it."""
    from releasio.rules.changes.shipped import builds_wheels, is_workflow, shipped_paths

    workflows = sorted(filter(is_workflow, touched_paths))[:_MOST_WORKFLOWS]
    files.read(*filter(None, map(files.path, DESCRIBING_FILES)), *workflows)
    contents = ((path, files.contents[path] or b"") for path in workflows)
    builders = {
        outside.relative(path)
        for path, content in contents
        if builds_wheels(content.decode("utf-8", "replace"))
    }
    return shipped_paths(name, files) | builders
