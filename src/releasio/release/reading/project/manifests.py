"""The project's pyproject.toml, or where there is one instead."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from releasio.errors.project.manifest import (
    ManifestAround,
    ManifestError,
    ManifestMissing,
    ManifestsBeside,
    ManifestUncommitted,
    PackagesInFolders,
    SetupUnread,
    VersionMissing,
)
from releasio.errors.project.package import NotAPackage
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.packaged import is_member
from releasio.rules.project.project_files import DESCRIBING_FILES, MANIFEST, SETUP_CFG, SETUP_PY
from releasio.rules.project.toml_string import toml_or_none, value_at

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.world.git.git import Git

_NEAR = 2  # levels of folders: packages/core


def manifest_at(
    git: Git, project: Path, commit: str, files: ProjectFiles, settings: VersionConfig | None = None
) -> Manifest:
    """
    Read the project's manifest.

    It is never looked for elsewhere: what somebody in a folder of the repository wants to
    release is for them to say.

    Args:
        git: Knows what else there is.
        project: The project's directory in the work tree.
        commit: Where the manifest is from.
        files: The project's, there.
        settings: Says where the version is, where somebody set it.

    Raises:
        ManifestMissing: It is not there; the error names where one is.
        NotAPackage: It is of none; the error names the members of its workspace.
        ManifestError: It does not say name and version.
    """
    path = files.manifest
    try:
        return read_manifest(files, settings)
    except ManifestMissing:
        raise _missing(git, project, commit, PurePosixPath(path)) from None
    except NotAPackage as error:
        if not error.patterns[0]:
            raise
        root = path.removesuffix(MANIFEST)
        names = (
            file.removeprefix(root) for file in git.objects.list_files(commit, root.rstrip("/"))
        )
        folders = [
            name.removesuffix(f"/{MANIFEST}") for name in names if name.endswith(f"/{MANIFEST}")
        ]
        members = sorted(folder for folder in folders if is_member(folder, error.patterns))
        raise NotAPackage(error.path, error.why, error.patterns, members) from None
    except VersionMissing as error:
        if not error.tables and (folders := _packages_below(git, commit, path)):
            raise PackagesInFolders(path, tables=(), folders=folders) from None
        raise VersionMissing(path, tables=error.tables, version=_newest(git)) from None


def _packages_below(git: Git, commit: str, path: str) -> list[str]:
    """Return the folders near to the manifest at *path* whose own ones have a project."""
    root = path.removesuffix(MANIFEST)
    names = git.objects.list_files(commit, root.rstrip("/"))
    near = [
        name
        for name in names
        if name.endswith(f"/{MANIFEST}") and 0 < name.removeprefix(root).count("/") <= _NEAR
    ]
    contents = git.objects.read_files(commit, near)
    return sorted(
        name.removeprefix(root).removesuffix(f"/{MANIFEST}")
        for name, content in contents.items()
        if value_at(toml_or_none(content or b""), ("project", "name"))
        or value_at(toml_or_none(content or b""), ("tool", "poetry", "name"))
    )


def require_manifest(git: Git, project: Path, commit: str) -> None:
    """
    Make sure that *project* has one at *commit*, or setup files, whatever they say.

    Raises:
        ManifestMissing: There is none; the error names where one is.
    """
    path = (project.resolve() / MANIFEST).relative_to(git.root.resolve())
    paths = [path.with_name(name).as_posix() for name in DESCRIBING_FILES]
    if not any(content is not None for content in git.objects.read_files(commit, paths).values()):
        raise _missing(git, project, commit, PurePosixPath(path.as_posix()))


def _missing(git: Git, project: Path, commit: str, path: PurePosixPath) -> ManifestError:
    manifest = str(path)
    if (project / MANIFEST).is_file():
        return ManifestUncommitted(manifest)
    setup_files = [str(path.with_name(name)) for name in (SETUP_PY, SETUP_CFG)]
    contents = git.objects.read_files(commit, setup_files)
    if setup_file := next((name for name in setup_files if contents[name] is not None), None):
        return SetupUnread(setup_file)
    files = map(PurePosixPath, git.objects.list_files(commit))
    manifests = sorted(
        (file for file in files if file.name == MANIFEST), key=lambda file: (len(file.parts), file)
    )
    folders_around = [file.parent for file in manifests if file.parent in path.parents]
    if folders_around:
        return ManifestAround(manifest, str(git.root / folders_around[-1]))
    if manifests:
        names, folder = [str(file) for file in manifests], str(git.root / manifests[0].parent)
        return ManifestsBeside(manifest, names, folder)
    return ManifestMissing(manifest)


def _newest(git: Git) -> str:
    """Return the highest version that a tag names, in whatever form; 0.1.0 where there is none."""
    from releasio.rules.versions.tag_choice import highest_version

    return highest_version(tag.name for tag in git.refs.tags()) or "0.1.0"
