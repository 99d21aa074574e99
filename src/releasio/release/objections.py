"""What speaks against a release from the state of the repository; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.git.checkout import DetachedHead, DirtyTree, WrongBranch
from releasio.errors.project.version import LocalVersion, VersionTaken
from releasio.frozen import replace
from releasio.release.edits import version_conflicts
from releasio.rules.bump.channel import outside_range, publishes, range_in_name, releases_from
from releasio.rules.bump.level import level_of
from releasio.rules.changes.effect import api_summary
from releasio.rules.versions.version import Level, is_floating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.errors.base import ReleasioError
    from releasio.errors.git.tag import StartedByPullRequest, TagIsNoVersion
    from releasio.release.facts import Facts, PackageFacts
    from releasio.release.release import Release
    from releasio.rules.contents.record import Record


def objections(facts: Facts, release: Release) -> tuple[ReleasioError, ...]:
    """Return what speaks against releasing from this state of the repository."""
    if by_pull_request := pull_request(facts):
        return (by_pull_request,)
    if release.kind == "resumed":
        return ()
    errors: list[ReleasioError] = []
    repository, config = facts.repository, facts.config
    if release.kind == "new" and repository.branch is None:
        errors.append(DetachedHead(repository.head, facts.default_branch))
    elif repository.branch and not on_release_branch(facts):
        version_range = range_in_name(repository.branch)
        errors.append(WrongBranch(repository.branch, facts.default_branch, version_range))
    if repository.changed and not config.allow_dirty:
        errors.append(DirtyTree(repository.changed))
    if facts.request.publish and publishes(config, repository.branch):
        errors += _not_for_public_indexes(release)
    if outside := outside_range(config, repository.branch, release.version):
        errors.append(outside)
    if config.changes.api == "require":
        errors.extend(_unsaid_breaks(facts, release))
    if release.kind == "prepared" and release.commit == repository.head:
        errors.extend(version_conflicts(release.package, release.version, config))
    return tuple(errors)


def _unsaid_breaks(facts: Facts, release: Release) -> Iterator[ReleasioError]:
    """Yield what breaks the public API where neither a commit nor the command line says so."""
    reading = release.package.told_by(release.version).reading
    said_level = level_of(replace(reading, effects=()), facts.config.commits)
    is_said = facts.request.explicit or said_level is Level.MAJOR
    if not is_said and (breaks := api_summary(reading.effects)):
        from releasio.errors.project.api import ApiBreaks

        yield ApiBreaks(breaks)


def explained(facts: Facts, error: ReleasioError) -> ReleasioError:
    """Return why a version is taken that belongs to another branch; else *error* itself."""
    if not isinstance(error, VersionTaken):
        return error
    branch, version = facts.repository.branch, Version(error.version)
    return outside_range(facts.config, branch, version) or error


def pull_request(facts: Facts) -> StartedByPullRequest | None:
    """Return the pull request that started this job; not where it is merged, and here."""
    job, branch = facts.repository.job, facts.repository.branch
    if job.kind != "pull-request" or (job.merged_into and job.merged_into == branch):
        return None
    from releasio.errors.git.tag import StartedByPullRequest

    return StartedByPullRequest(job.name, job.merged_into or facts.default_branch)


def tag_of_nothing(facts: Facts) -> TagIsNoVersion | None:
    """Return the tag that started this job and is checked out, where it is no version."""
    job, packages = facts.repository.job, facts.packages
    is_version = any(package.tag_form.version(job.name) for package in packages)
    if facts.repository.branch or job.kind != "tag" or is_version:
        return None
    example = packages[0].tag_form.name(packages[0].manifest.version)
    from releasio.errors.git.tag import TagIsNoVersion

    return TagIsNoVersion(job.name, example=example)


def check_record_of_job(facts: Facts, package: PackageFacts, record: Record) -> None:
    """
    Check that what another job recorded is of the tag that started this job, and of its commit.

    Raises:
        TagDisagrees: It is another version.
        RecordOfOtherCommit: It is of another commit, or under another tag.
    """
    repository, version = facts.repository, Version(record.version)
    check_tag_of_job(facts, package, version)
    wanted = (repository.head, repository.job.name)
    is_of_tag = repository.job.kind == "tag" and repository.branch is None
    is_exact = is_of_tag and package.tag_form.version(wanted[1]) == version
    if is_exact and wanted != (record.commit, record.tag):
        from releasio.errors.files.handed_on import RecordOfOtherCommit

        raise RecordOfOtherCommit(record.commit, record.tag, wanted=wanted[0], as_tag=wanted[1])


def check_tag_of_job(facts: Facts, package: PackageFacts, version: Version) -> None:
    """
    Check that *version*, which is built or was, is what the tag says that started this job.

    Raises:
        TagDisagrees: It is another one.
    """
    repository, manifest = facts.repository, package.manifest
    is_of_tag = repository.job.kind == "tag" and repository.branch is None
    tagged = package.tag_form.version(repository.job.name) if is_of_tag else None
    if tagged is None or tagged == version or is_floating(tagged, version):
        return
    from releasio.errors.git.tag import TagDisagrees

    raise TagDisagrees(
        repository.job.name,
        str(tagged),
        path=manifest.version_path,
        says=str(version),
        public=repository.remote.name if repository.remote else None,
    )


def _not_for_public_indexes(release: Release) -> Iterator[ReleasioError]:
    """Yield why public indexes get none of *release*: its classifier, or its version."""
    manifest, version = release.package.manifest, release.version
    names = [registry.name for registry in release.way.registries if registry.site]
    for name in names if manifest.private else ():
        from releasio.errors.project.package import PrivatePackage

        yield PrivatePackage(manifest.path, manifest.private, name)
    for name in names if version.local else ():
        yield LocalVersion(str(version), public=version.public, index=name)


def on_release_branch(facts: Facts) -> bool:
    """Whether a branch is checked out from which releases are made."""
    branch = facts.repository.branch
    is_set = "default_branch" in facts.chosen
    remote_default = facts.repository.default_branch
    return branch is not None and releases_from(
        facts.config, branch, is_set=is_set, default=remote_default
    )
