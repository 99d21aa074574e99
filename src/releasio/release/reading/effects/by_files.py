"""Which commits touch nothing of the package, as git knows their files."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.bump.by_files import judged, to_be_judged
from releasio.rules.changes.outside import Outside, why_outside
from releasio.rules.changes.patterns import PathPatterns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config
    from releasio.rules.commits.reading import Reading
    from releasio.world.git.git import Git

_SETTINGS = ("pyproject.toml", "setup.cfg", "setup.py")
_MOST_WORKFLOWS = 100  # are read


def judge_by_files(
    git: Git, config: Config, reading: Reading, *, head: str, folder: str, name: str
) -> Reading:
    """
    Return *reading* without what touches nothing of the package.

    git is asked once, and only about commits that would raise the version; once more for the
    project's own files where one of them seems to touch nothing that counts.

    Args:
        git: Knows the files.
        config: The settings in force.
        reading: What the commits since the last release say.
        head: The commit whose settings say what is in the package.
        folder: The project's in the repository; empty: the root.
        name: The project's name.
    """
    candidates = to_be_judged(reading, config.commits) if config.changes.by_files else ()
    if not candidates:
        return reading
    outside = Outside(folder, frozenset(), PathPatterns.of(config.changes.ignore))
    idle = {commit: files for commit, files in git.touched(candidates) if outside.holds_all(files)}
    if idle:
        touched_files = frozenset().union(*idle.values())
        outside = replace(outside, shipped=_shipped(git, head, outside, name, touched_files))
    reasons = {
        commit: why_outside(files) for commit, files in idle.items() if outside.holds_all(files)
    }
    return judged(reading, reasons, config)


def _shipped(
    git: Git, head: str, outside: Outside, name: str, files: frozenset[str]
) -> frozenset[str]:
    """Return what the project's own files say of the package, and which of *files* build it."""
    from releasio.rules.changes.shipped import builds_wheels, is_workflow, shipped_paths

    begin = f"{outside.folder}/" if outside.folder else ""
    settings = [f"{begin}{file}" for file in _SETTINGS]
    workflows = sorted(filter(is_workflow, files))[:_MOST_WORKFLOWS]
    contents = git.read_files(head, [*settings, *workflows])
    texts = {
        path: (content or b"").decode("utf-8", "replace") for path, content in contents.items()
    }
    manifest, *setup_files = (texts[path] for path in settings)
    builders = {outside.relative(path) for path in workflows if builds_wheels(texts[path])}
    return shipped_paths(name, _toml(manifest), *setup_files) | builders


def _toml(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}  # a project of setup.cfg or setup.py
