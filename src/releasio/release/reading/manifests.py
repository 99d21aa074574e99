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
    SetupProject,
    VersionMissing,
)
from releasio.errors.project.package import NotAPackage
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.packaged import is_member

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.project.manifest import Manifest
    from releasio.world.git.git import Git

_NAME = "pyproject.toml"


def manifest_at(git: Git, project: Path, commit: str, path: str, content: bytes | None) -> Manifest:
    """
    Read the project's manifest.

    It is never looked for elsewhere: what somebody in a folder of the repository wants to
    release is for them to say.

    Args:
        git: Knows what else there is.
        project: The project's directory in the work tree.
        commit: Where the manifest is from.
        path: Its path in the repository.
        content: What it holds there; `None`: it is not there.

    Raises:
        ManifestMissing: It is not there; the error names where one is.
        NotAPackage: It is of none; the error names the members of its workspace.
        SetupProject: Not it, but setup.cfg or setup.py says name and version.
        ManifestError: It does not say name and version.
    """
    if content is None:
        raise _missing(git, project, commit, PurePosixPath(path))
    try:
        return read_manifest(content, path)
    except NotAPackage as error:
        if not error.patterns[0]:
            raise
        root = path.removesuffix(_NAME)
        files = (file.removeprefix(root) for file in git.list_files(commit, root.rstrip("/")))
        folders = [file.removesuffix(f"/{_NAME}") for file in files if file.endswith(f"/{_NAME}")]
        members = sorted(folder for folder in folders if is_member(folder, error.patterns))
        raise NotAPackage(error.path, error.why, error.patterns, members) from None
    except VersionMissing as error:
        newest = _newest(git)
        if not error.tables and (setup := _setup_project(git, commit, path, newest)):
            raise setup from None
        raise VersionMissing(path, tables=error.tables, version=newest) from None


def require_manifest(git: Git, project: Path, commit: str) -> None:
    """
    Make sure that there is one in *project* at *commit*, whatever it says.

    Raises:
        ManifestMissing: There is none; the error names where one is.
    """
    path = (project.resolve() / _NAME).relative_to(git.root.resolve()).as_posix()
    if git.read_file(commit, path) is None:
        raise _missing(git, project, commit, PurePosixPath(path))


def _missing(git: Git, project: Path, commit: str, path: PurePosixPath) -> ManifestError:
    manifest = str(path)
    if (project / _NAME).is_file():
        return ManifestUncommitted(manifest)
    if setup := _setup_project(git, commit, manifest, _newest(git)):
        return setup
    files = map(PurePosixPath, git.list_files(commit))
    manifests = sorted(
        (file for file in files if file.name == _NAME), key=lambda file: (len(file.parts), file)
    )
    folders_around = [file.parent for file in manifests if file.parent in path.parents]
    if folders_around:
        return ManifestAround(manifest, str(git.root / folders_around[-1]))
    if manifests:
        names, folder = [str(file) for file in manifests], str(git.root / manifests[0].parent)
        return ManifestsBeside(manifest, names, folder)
    return ManifestMissing(manifest)


def _setup_project(git: Git, commit: str, path: str, newest: str) -> SetupProject | None:
    """Return what to say of a project of setup.cfg or setup.py beside *path*; `None` if none."""
    folder = PurePosixPath(path).parent
    from releasio.rules.project.setup_files import NAMES, read_setup

    setup = read_setup({name: git.read_file(commit, str(folder / name)) for name in NAMES})
    if setup is None:
        return None
    source = setup.source or ("" if setup.version else "not written there")
    version = setup.version or newest
    return SetupProject(path, setup.file, name=setup.name, version=version, source=source)


def _newest(git: Git) -> str:
    """Return the highest version that a tag names, in whatever form; 0.1.0 where there is none."""
    from releasio.rules.project.setup_files import newest_version

    return newest_version(tag.name for tag in git.tags()) or "0.1.0"
