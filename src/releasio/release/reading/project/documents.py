"""The files of a commit that a plan is made from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.release.reading.project.manifests import manifest_at
from releasio.release.reading.project.workspace import manifests_around
from releasio.rules.project.changelog_file import COLLECTOR_FILES, changelog_names, is_undecided
from releasio.rules.project.import_package import (
    ROOTS,
    guessed_files,
    import_folders,
    may_be_package,
    module_files,
)
from releasio.rules.project.locks.lock_files import lock_names, locks_around
from releasio.rules.project.manifest import read_name
from releasio.rules.project.mentions import BESIDE
from releasio.rules.project.project_files import MANIFEST, ProjectFiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.config.tables.model import Config
    from releasio.rules.project.manifest import Manifest
    from releasio.world.git.git import Git
    from releasio.world.world import World

SUBMODULES = ".gitmodules"  # in the root, whatever the project's folder is


def read_project_name(world: World, revision: str) -> str:
    """
    Read what the project is called at *revision*.

    Raises:
        ManifestError: No file says it.
    """
    files = files_at(world.git, revision, folder_of(world))
    name, _ = read_name(files)
    # where there is none, the error says what is there instead
    return name or manifest_at(world.git, world.project, revision, files).name


def known_project_name(world: World) -> str:
    """Return the name of the project as HEAD has it; empty: it says none."""
    try:
        return read_project_name(world, "HEAD")
    except ReleasioError:
        return ""


def files_at(
    git: Git, commit: str, folder: str, known: Mapping[str, bytes | None] | None = None
) -> ProjectFiles:
    """Return the files of the project in *folder* at *commit*; what is *known* is not read."""
    return ProjectFiles(folder, partial(git.objects.read_files, commit), known)


def folder_of(world: World) -> str:
    """Return the project's folder relative to the repository's root, with `/`; empty: the root."""
    relative = world.project.resolve().relative_to(world.git.root.resolve()).as_posix()
    return "" if relative == "." else relative


def manifest_path(folder: str) -> str:
    """Return where the manifest of the project in *folder* is."""
    return f"{folder}/{MANIFEST}" if folder else MANIFEST


def read_documents(git: Git, head: str, folder: str, config: Config) -> dict[str, bytes | None]:
    """Return what a plan may need of the files at *head*, by path; `None`: it has no such file."""
    names = [
        MANIFEST,
        *changelog_names(config.changelog),
        *config.version.version_files,
        *(file.path for file in config.version.files),
    ]
    names.extend(_templates(config))
    if is_undecided(config.changelog):
        names.extend(COLLECTOR_FILES)
    if config.version.update_lock_file:
        names.extend(lock_names())
    inside = (f"{folder}/{name}" if folder else name for name in names)
    paths = [SUBMODULES, *inside, *manifests_around(folder)]
    if config.version.update_lock_file:
        paths.extend(locks_around(folder))
    detected_paths = (
        _detected(git, head, folder) if config.version.auto_detect_version_files else ()
    )
    documents = git.objects.read_files(head, tuple(dict.fromkeys((*paths, *detected_paths))))
    return {
        path: content for path, content in documents.items() if content is not None or path in paths
    }


def _templates(config: Config) -> list[str]:
    """Return the files that settings name as templates of notes."""
    values = config.changelog.section_template, config.github.release_body_template
    if not any(values):
        return []
    from releasio.rules.notes.templates.source import is_inline

    return [value for value in values if value and not is_inline(value)]


def read_guessed(
    git: Git, head: str, folder: str, manifest: Manifest, documents: dict[str, bytes | None]
) -> dict[str, bytes | None]:
    """
    Return *documents*, with those of the import package where it is no folder in a usual place.

    Args:
        git: Reads them.
        head: The commit.
        folder: The project's.
        manifest: Names the project, and the packages it installs.
        documents: What `read_documents` returned.
    """
    present_paths = [path for path, content in documents.items() if content is not None]
    if import_folders(manifest.name, manifest.packages, present_paths, folder):
        return documents
    guessed_paths = guessed_files(manifest.name, manifest.packages, folder)
    guessed_documents = git.objects.read_files(
        head, [path for path in guessed_paths if path not in documents]
    )
    # what has no line break may be a link, and whether it is was asked before
    return documents | {
        path: content for path, content in guessed_documents.items() if content and b"\n" in content
    }


def doubtful(documents: Mapping[str, bytes | None], folder: str, config: Config) -> Sequence[str]:
    """Return which files to look at once more: what is new, or as short as a link."""
    manifest = manifest_path(folder)
    named_files = [*config.version.version_files, *(file.path for file in config.version.files)]
    if config.changelog.enabled:
        named_files.append(config.changelog.path)
    expected_paths = {manifest, *(f"{folder}/{name}" if folder else name for name in named_files)}
    return [
        path
        for path, content in documents.items()
        if (path in expected_paths if content is None else content and b"\n" not in content)
    ]


def is_short(files: ProjectFiles, path: str) -> bool:
    """Whether what was read of *path* may be where a link leads to."""
    return b"\n" not in (files.contents.get(path) or b"\n")


def _detected(git: Git, head: str, folder: str) -> Sequence[str]:
    """Return where projects repeat their version: in a package's folder, and beside it."""
    begin = f"{folder}/" if folder else ""
    places = {root: f"{folder}/{root}".strip("/") for root in ROOTS}
    inside = git.objects.folders(head, list(places.values()))
    packages = [
        f"{places[root]}/{name}".strip("/")
        for root in ROOTS
        for name in inside[places[root]]
        if may_be_package(name)
    ]
    files = [file for package in packages for file in module_files(package)]
    return [*files, *(f"{begin}{name}" for name in BESIDE)]
