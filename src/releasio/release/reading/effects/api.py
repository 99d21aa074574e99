"""What of the public API is gone or different since the last release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.release.reading.project.documents import files_at
from releasio.rules.changes.effect import api_summary, with_levels
from releasio.rules.changes.public_api import api_effects, import_packages
from releasio.rules.project.import_package import configured_packages
from releasio.rules.project.project_files import MANIFEST
from releasio.world.public_api import find_breaks, require_griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.tables.model import Config
    from releasio.rules.changes.public_api import Break, ImportPackage
    from releasio.rules.commits.reading import Reading
    from releasio.world.git.git import Git


def with_api(
    git: Git, config: Config, reading: Reading, *, since: str, head: str, folder: str, name: str
) -> Reading:
    """
    Return *reading* with what it takes away from users of the public API.

    Args:
        git: Reads the sources of both.
        config: The settings in force.
        reading: What the commits say.
        since: The last release, as a revision.
        head: The newest commit.
        folder: The project's in the repository; empty: the root.
        name: The project's name.

    Raises:
        ApiExtraMissing: The library that reads them is not installed.
        ApiUnread: It does not understand one of them.
    """
    settings = config.changes
    require_griffe(f'changes.api = "{settings.api}"')
    if not reading.commits:
        return reading
    old, new = (_packages(git, commit, folder, name) for commit in (since, head))
    if not old:
        sentence = f"no import package of {name} in the last release: its API is not known"
        return replace(reading, warnings=(*reading.warnings, sentence))
    breaks = _breaks(git, since, old, head, {package.name: package for package in new})
    effects = tuple(with_levels(api_effects(breaks, settings.api_allowed), settings))
    commit = reading.commits[0].id
    effects = tuple(replace(effect, commit=commit) for effect in effects)
    if effects and settings.api == "warn":
        sentence = f"the public API breaks: {api_summary(effects)} (changes.api)"
        reading = replace(reading, warnings=(*reading.warnings, sentence))
    return replace(reading, effects=(*reading.effects, *effects))


def _packages(git: Git, commit: str, folder: str, name: str) -> tuple[ImportPackage, ...]:
    manifest = files_at(git, commit, folder).toml(MANIFEST) or {}
    files = git.objects.list_files(commit, folder)
    return import_packages(name, configured_packages(manifest), files, folder)


def _breaks(
    git: Git,
    since: str,
    old_packages: tuple[ImportPackage, ...],
    head: str,
    new_packages: dict[str, ImportPackage],
) -> Iterator[Break]:
    for old in old_packages:
        new = new_packages.get(old.name)
        new_sources = _sources(git, head, new) if new else {}
        yield from find_breaks(old.name, _sources(git, since, old), new_sources)


def _sources(git: Git, commit: str, package: ImportPackage) -> dict[str, bytes]:
    contents = git.objects.read_files(commit, package.files)
    return {path.removeprefix(package.root): content or b"" for path, content in contents.items()}
