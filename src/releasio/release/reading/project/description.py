"""What the project's own files say at a commit, and which of them a release may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.manifest import NotAPlainFile
from releasio.frozen import frozen
from releasio.release.reading.project.documents import (
    SUBMODULES,
    doubtful,
    files_at,
    folder_of,
    is_short,
    read_documents,
    read_guessed,
)
from releasio.release.reading.project.manifests import manifest_at
from releasio.rules.project.locks.lock_files import locks_beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.world.world import World


@frozen
class Description:
    """
    A project as its files describe it.

    Attributes:
        folder: Its directory in the repository, with `/`; empty for the root.
        manifest: Its name and version.
        documents: Path in the repository to bytes (`None`: no such file), for every file a
            release may have to edit.
        obstacles: Path to why a release cannot write there: a link, a directory …
        submodules: Whether the repository has any.
    """

    folder: str
    manifest: Manifest
    documents: Mapping[str, bytes | None]
    obstacles: Mapping[str, str]
    submodules: bool


def describe(world: World, head: str, config: Config) -> Description:
    """
    Read the project's files at *head*.

    Raises:
        ManifestError: They do not say name and version.
        NotAPlainFile: pyproject.toml is a link or a directory.
    """
    folder = folder_of(world)
    documents = read_documents(world.git, head, folder, config)
    submodules = documents.pop(SUBMODULES) is not None
    files = files_at(world.git, head, folder, documents)
    manifest, obstacles = _manifest_and_obstacles(world, head, config, files)
    documents |= {place.path: files.contents[place.path] for place in manifest.places}
    documents |= _locks_beside(files, manifest)
    if config.version.auto_detect_version_files and not manifest.is_from_tags:
        documents = read_guessed(world.git, head, folder, manifest, documents)
    return Description(folder, manifest, documents, obstacles, submodules)


def _locks_beside(files: ProjectFiles, manifest: Manifest) -> dict[str, bytes | None]:
    """Return the lock files beside each manifest that has the version."""
    locks = {lock for place in manifest.places for lock in locks_beside(place.path)}
    return {lock: files.contents[lock] for lock in locks if files.at(lock) is not None}


def _manifest_and_obstacles(
    world: World, head: str, config: Config, files: ProjectFiles
) -> tuple[Manifest, Mapping[str, str]]:
    """Return the manifest, and which files that a release may edit cannot be written."""
    git, path = world.git, files.manifest
    unclear = doubtful(files.contents, files.folder, config)
    obstacles = dict(git.objects.obstacles(head, unclear))
    if path in obstacles:
        raise NotAPlainFile(path, obstacles[path])
    manifest = manifest_at(git, world.project, head, files, config.version)
    short_paths = [
        place.path
        for place in manifest.places
        if place.path not in unclear and is_short(files, place.path)
    ]
    if short_paths:
        obstacles |= git.objects.obstacles(head, short_paths)
    return manifest, obstacles
