"""World + settings -> ProjectState, of the work tree as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import Problems, ReleasioError
from releasio.release.reading.indexes import routes_of
from releasio.release.reading.project.documents import folder_of
from releasio.release.reading.project.manifests import manifest_at
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.project.changelog_file import changelog_names
from releasio.rules.project.import_package import (
    ROOTS,
    guessed_files,
    may_be_package,
    module_files,
)
from releasio.rules.project.locks.lock_files import PYTHON_LOCKS, UV_LOCK, locks_around
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.mentions import BESIDE
from releasio.rules.project.project_files import DESCRIBING_FILES, MANIFEST, ProjectFiles
from releasio.rules.versions.tag_choice import Owner
from releasio.setup.situation.metadata import declared_of, licence_patterns
from releasio.setup.situation.project_state import ProjectState
from releasio.world.plain_file import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from releasio.config.reading.load import Settings
    from releasio.rules.index.registry import Registry
    from releasio.rules.project.manifest import Manifest
    from releasio.world.world import World

_LONGEST = 16 << 20  # bytes; lock files can be long


def read_project(
    world: World, settings: Settings, problems: Iterable[ReleasioError], *, runs_releasio: bool
) -> ProjectState:
    """
    Read the project's files as they are in the work tree, committed or not.

    Args:
        world: Where the project is.
        settings: Those in force.
        problems: What is wrong with them.
        runs_releasio: Whether a workflow does.
    """
    found_problems = list(problems)
    folder = folder_of(world)
    files = ProjectFiles(folder, partial(_read_files, world.git.root))
    head, branch = world.git.work_tree.position()
    manifest = _manifest(world, head, files, settings, found_problems)
    registries = _registries(settings, found_problems)
    files.load(*_names(settings), *_module_files(world.project, manifest))
    files.read(*(path for path in locks_around(folder) if path.endswith(UV_LOCK)))
    declared = declared_of(files.contents, folder)
    if declared.readme.path:
        files.load(declared.readme.path)
    patterns = licence_patterns(declared)
    uses_releasio = settings.source is not None or runs_releasio
    if uses_releasio and manifest is not None and head is not None:
        found_problems += _tag_problems(world, settings, manifest, folder, head, branch)
    return ProjectState(
        folder,
        manifest,
        settings.config,
        uses_releasio,
        registries,
        tuple(found_problems),
        documents=files.contents,
        names=_folder_names(world.project),
        unmatched=tuple(pattern for pattern in patterns if not _matches(world.project, pattern)),
        others=_other_manifests(world, folder, head),
    )


def _manifest(
    world: World,
    head: str | None,
    files: ProjectFiles,
    settings: Settings,
    problems: list[ReleasioError],
) -> Manifest | None:
    version = settings.config.version
    try:
        if head is None:
            return read_manifest(files, version)
        return manifest_at(world.git, world.project, head, files, version)
    except ReleasioError as error:
        problems += error.problems if isinstance(error, Problems) else (error,)
        return None


def _tag_problems(
    world: World,
    settings: Settings,
    manifest: Manifest,
    folder: str,
    head: str,
    branch: str | None,
) -> tuple[ReleasioError, ...]:
    """Return why nobody knows how the next tag is named."""
    version = None if manifest.is_from_tags else manifest.version
    owner = Owner(manifest.name, version, folder)
    names = [tag.name for tag in world.git.refs.tags()]
    try:
        reachable_tags = partial(world.git.refs.reachable_tags, head)
        tag_form_of(settings.config, branch, names, owner, reachable_tags)
    except ReleasioError as error:
        return (error,)
    return ()


def _registries(settings: Settings, problems: list[ReleasioError]) -> tuple[Registry, ...]:
    try:
        routes = routes_of(settings)
    except ReleasioError as error:
        problems += error.problems if isinstance(error, Problems) else (error,)
        return ()
    ways = (routes.usual, *(way for _, way in routes.others))
    return tuple(dict.fromkeys(registry for way in ways for registry in way.registries))


def _names(settings: Settings) -> Iterator[str]:
    """Yield the files to read, relative to the project."""
    yield from DESCRIBING_FILES
    yield from changelog_names(settings.config.changelog)
    yield from (*PYTHON_LOCKS, *BESIDE)


def _module_files(project: Path, manifest: Manifest | None) -> Iterator[str]:
    """Yield where import packages may say a version, relative to *project*."""
    for root in ROOTS:
        for name in _folder_names(project / root):
            if may_be_package(name):
                yield from module_files(f"{root}/{name}".strip("/"))
    if manifest is not None:
        yield from guessed_files(manifest.name, manifest.packages)


def _read_files(root: Path, paths: Sequence[str]) -> dict[str, bytes | None]:
    """Return the bytes of *paths*; `None`: no file, or one that a link outside of *root* hides."""
    contents: dict[str, bytes | None] = {}
    resolved_root = root.resolve()
    for path in paths:
        file = root / path
        try:
            file.lstat()  # most of what may describe a project is not there
            is_inside = file.resolve().is_relative_to(resolved_root)
            contents[path] = read_plain(file, _LONGEST) if is_inside else None
        except (OSError, ValueError):
            contents[path] = None
    return contents


def _folder_names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(path.name for path in folder.iterdir()))
    except OSError:
        return ()


def _matches(project: Path, pattern: str) -> bool:
    """Whether *pattern* matches a file in *project*; one that cannot be read is not judged."""
    try:
        return any(path.is_file() for path in project.glob(pattern))
    except (ValueError, NotImplementedError, OSError, IndexError):
        return True


def _other_manifests(world: World, folder: str, head: str | None) -> tuple[str, ...]:
    files = world.git.objects.list_files(head) if head else ()
    own = f"{folder}/{MANIFEST}" if folder else MANIFEST
    return tuple(
        path
        for path in files
        if path.rpartition("/")[2] in DESCRIBING_FILES
        and path.rpartition("/")[0] != own.rpartition("/")[0]
    )
