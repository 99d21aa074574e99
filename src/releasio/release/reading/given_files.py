"""Distributions that somebody else built: which release they are, and whether it is this one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.base import raise_all
from releasio.errors.files.given import LeadsNowhere, NotAFile, OutdatedKind, for_given
from releasio.errors.index.answers import DistributionUnreadable
from releasio.errors.request import (
    FilesApart,
    FilesNotOfHead,
    NoDistributions,
    VersionsApart,
)
from releasio.release.plans.deliveries import rules_of, uploads
from releasio.release.plans.plan import Built
from releasio.release.release import as_it_is
from releasio.rules.contents.record import Record
from releasio.rules.distribution.given import is_beside, is_outdated
from releasio.rules.index.simple import belongs_to
from releasio.text.listing import listed
from releasio.world.build.archive import inspect, read_archive
from releasio.world.build.dist_folder import DISTRIBUTIONS, built_file
from releasio.world.build.given import folders_among, kind_of, nowhere, spread
from releasio.world.build.metadata import upload_fields
from releasio.world.parallel import meanwhile, of_each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts, PackageFacts
    from releasio.release.release import Release
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.distribution.distribution import Archive
    from releasio.world.world import World


def take_given(world: World, facts: Facts, dist: Sequence[Path], *, tag_check: bool) -> Built:
    """
    Return the distributions among *dist*, checked, as what was built of HEAD.

    A glob brings along what lies beside them; that is passed over, and said but for lists of
    the files.

    Args:
        world: Tags are looked at.
        facts: What is known of the project.
        dist: Files, all in one folder, or that folder; one given twice counts once.
        tag_check: Whether the tag at HEAD, or pyproject.toml where there is none yet, must say
            their version.

    Raises:
        NoDistributions: None is a wheel or an sdist.
        DistributionUnreadable: One says neither by its name nor inside what it is.
        LeadsNowhere: One is a link to nothing.
        NotAFile: One is a pipe or the like.
        OutdatedKind: One is an egg, or a .zip sdist.
        FilesApart: They lie in several folders.
        VersionsApart: They are of several versions.
        FilesNotOfHead: HEAD is not what they are of.
        Problems: Several are no files, or the index would refuse them.
    """
    package = facts.package()
    files = _distributions(world, package.manifest.name, dist)
    folders = {path.parent.resolve() for path in files}
    if len(folders) > 1:
        raise FilesApart([str(folder) for folder in sorted(folders)])
    version = _one_version(files)
    head = facts.repository.head
    tag = _tag(world, package, version, head) if tag_check else ""
    release = as_it_is(facts, package, head, tag, version)
    with (
        meanwhile(partial(world.git.history.commit, head)),
        meanwhile(partial(ask_ahead, world, facts, release)),
    ):
        contents = of_each(_read, files)
        _check(world, facts, files, [archive for _, archive in contents], release)
    record = Record(
        release.package.manifest.name,
        str(version),
        release.tag,
        head,
        world.git.history.commit(head).time,
        tuple(sorted((file for file, _ in contents), key=lambda file: file.name)),
    )
    return Built(record, folders.pop())


def ask_ahead(world: World, facts: Facts, release: Release) -> None:
    """Read the page of the index that *release* goes to first, as every step does later."""
    if uploads(facts) and not world.offline:
        world.index(release.way.registries[0]).files(release.package.manifest.name)


def _read(path: Path) -> tuple[BuiltFile, Archive]:
    """Read the file at *path*, its hash before all: other bytes than these are never sent."""
    return built_file(path), read_archive(path)


def _unusable(path: Path) -> ReleasioError | None:
    """Return why nothing can be read at *path*; `None`: a file is there."""
    if target := nowhere(path):
        return LeadsNowhere(str(path), target)
    kind = kind_of(path)
    return NotAFile(str(path), kind) if kind else None


def _distributions(world: World, project: str, dist: Sequence[Path]) -> tuple[Path, ...]:
    """Return the wheels and sdists among *dist*; refuse or say what else may be meant."""
    paths = spread(dist)
    files = tuple(path for path in paths if path.name.endswith(DISTRIBUTIONS))
    raise_all(list(filter(None, map(_unusable, files))))
    other_names = [path.name for path in paths if path not in files and not is_beside(path.name)]
    if outdated_names := [name for name in other_names if is_outdated(name, project)]:
        raise OutdatedKind(outdated_names)
    if not files:
        names = [path.name or str(path) for path in dist]
        raise NoDistributions(names, folder=any(path.is_dir() for path in dist))
    other_names += [f"{path.name} (a folder)" for path in _folders_like_files(dist, files)]
    if other_names:
        world.screen.note(f"neither wheel nor .tar.gz, and not uploaded: {listed(other_names)}")
    return files


def _folders_like_files(dist: Sequence[Path], files: Sequence[Path]) -> list[Path]:
    """Return the folders that are called like distributions: unpacked, or made by mistake."""
    used_folders = {path.parent for path in files}
    folders = (path for path in folders_among(dist) if path.name.endswith(DISTRIBUTIONS))
    return [path for path in dict.fromkeys(folders) if path not in used_folders]


def _check(
    world: World,
    facts: Facts,
    files: Sequence[Path],
    contents: Sequence[Archive],
    release: Release,
) -> None:
    """Check them by the rules of the index they go to, and say what is odd and stops nothing."""
    public, strict = rules_of(facts, release)
    name, version = release.package.manifest.name, str(release.version)
    inspection = inspect(
        files, contents, project=name, version=version, public=public, strict=strict
    )
    for remark in inspection.remarks:
        world.screen.note(remark)
    raise_all([for_given(error) for error in inspection.errors])


def _one_version(files: Sequence[Path]) -> Version:
    names_by_version: dict[str, list[str]] = {}
    for path in files:
        # the check that follows compares what is inside with what the names say
        project_and_version = belongs_to(path.name)
        version = str(project_and_version[1]) if project_and_version else _version_inside(path)
        names_by_version.setdefault(version, []).append(path.name)
    versions = {Version(text) for text in names_by_version}
    if len(versions) > 1:
        raise VersionsApart(names_by_version)
    return versions.pop()


def _version_inside(path: Path) -> str:
    try:
        return dict(upload_fields(path))["version"]
    except DistributionUnreadable as error:
        raise for_given(error) from None


def _tag(world: World, package: PackageFacts, version: Version, head: str) -> str:
    """Return the tag of *version* at *head*; empty: none yet, and pyproject.toml agrees."""
    tags = [name for name in package.tags if package.tag_form.version(name) == version]
    for name in tags:
        if world.git.objects.peel(f"refs/tags/{name}") == head:
            return name
    if tags or package.manifest.version != version:
        raise FilesNotOfHead(
            package.manifest.name,
            str(version),
            head=head,
            says=str(package.manifest.version),
            tag=next(iter(tags), None),
        )
    return ""
