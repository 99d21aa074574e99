"""Facts -> the way from HEAD to the release commit; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.release.edits import version_edits
from releasio.release.plans.hooks import hooks_of
from releasio.release.plans.plan import Plan, tags_of
from releasio.rules.bump.after_release import development_after
from releasio.rules.bump.channel import channel_of, range_of
from releasio.rules.contents.tag_message import commit_message, development_message
from releasio.rules.fragments.fragment import writes_changelog
from releasio.rules.project.locks.lock_files import locks_to_check
from releasio.steps.prepare.commit import Commit, commit_ref, next_ref
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packaging.version import Version

    from releasio.config.tables.versions import VersionConfig
    from releasio.release.edits import FileEdit
    from releasio.release.facts import Facts, PackageFacts
    from releasio.release.release import Release
    from releasio.steps.forge.sign_commit import SignCommit
    from releasio.steps.step import Step


def plan_prepare(facts: Facts, releases: Sequence[Release], *, following: bool = True) -> Plan:
    """
    Return the way from HEAD to one release commit; empty when HEAD already is it.

    Where the settings ask for it, the next development version is committed on top; not without
    *following*, for another job does that.
    """
    new_releases = [release for release in releases if release.kind == "new"]
    base, hooks = facts.repository.head, facts.config.hooks
    next_steps = _following_steps(facts, releases) if following else ()
    if not new_releases:
        steps = (OpenTree(base), *next_steps) if next_steps else ()
        return Plan("prepare", tags_of(releases), steps)
    steps = (
        OpenTree(base),
        *hooks_of(new_releases, "pre_release", hooks.pre_release),
        *hooks_of(new_releases, "pre_bump", hooks.pre_bump),
        *_edits(new_releases),
        *_assembling(facts, new_releases),
        *hooks_of(new_releases, "post_bump", hooks.post_bump),
        *_lock_checks(facts, new_releases),
        _commit(new_releases, base, facts.config.version),
        *_signing(facts, tags_of(new_releases)),
        *next_steps,
    )
    return Plan("prepare", tags_of(releases), steps)


def plan_update(facts: Facts, releases: Sequence[Release]) -> Plan:
    """Return the prepare stage's edits, in the user's work tree and without a commit."""
    hooks = facts.config.hooks
    steps: list[Step] = [
        *hooks_of(releases, "pre_bump", hooks.pre_bump),
        *_edits(releases, in_place=True),
        *_assembling(facts, releases),
        *hooks_of(releases, "post_bump", hooks.post_bump),
        *_lock_checks(facts, releases, in_place=True),
    ]
    return Plan("prepare", tags_of(releases), tuple(steps))


def plan_proposed(facts: Facts, release: Release, commit: Commit) -> tuple[Step, ...]:
    """Return the steps to the *commit* that a pull request proposes: those of the release."""
    hooks = facts.config.hooks
    return (
        OpenTree(facts.repository.head),
        *hooks_of((release,), "pre_bump", hooks.pre_bump),
        *_edits((release,)),
        *_assembling(facts, (release,)),
        *hooks_of((release,), "post_bump", hooks.post_bump),
        *_lock_checks(facts, (release,)),
        commit,
        *_signing(facts, (commit.kept_as,)),
    )


def _following_steps(facts: Facts, releases: Sequence[Release]) -> tuple[Step, ...]:
    """Return the steps that commit the next development versions on top of the release commit."""
    head, branch = facts.repository.head, facts.repository.branch
    settings = facts.config.version
    if settings.after_release is None:
        return ()
    limit = range_of(channel_of(facts.config, branch), branch)
    edits_by_package: dict[str, tuple[FileEdit, ...]] = {}
    versions: dict[str, Version] = {}
    for release in releases:
        is_tip = release.kind == "new" or (release.kind, release.commit) == ("prepared", head)
        version = development_after(release.version, settings, limit) if is_tip else None
        if version is not None and branch is not None:
            package = _released(release)
            if edits := version_edits(package, version, facts.config):
                edits_by_package[package.folder] = edits
                versions[package.folder] = version
    if not versions:
        return ()
    steps = tuple(
        Edit(edit.path, edit.before, edit.after, edit.what, by_line=True)
        for package_edits in edits_by_package.values()
        for edit in package_edits
    )
    commit = Commit(
        message=development_message(*versions.values()),
        base=head,
        tags=tags_of(releases),
        versions={folder: str(version) for folder, version in versions.items()},
        settings=settings,
        follows=True,
    )
    return (*steps, commit, *_signing(facts, commit.tags, follows=True))


def _signing(
    facts: Facts, names: tuple[str, ...], *, follows: bool = False
) -> Iterator[SignCommit]:
    """Yield the way to a signed commit where the forge makes it, kept under each of *names*."""
    place, remote = facts.repository.forge, facts.repository.remote
    if place is not None and facts.repository.forge_signs:
        from releasio.steps.forge.sign_commit import SignCommit  # few projects need it

        refs = tuple((next_ref if follows else commit_ref)(name) for name in names)
        yield SignCommit(place, remote, refs, names[0], follows=follows)


def _released(release: Release) -> PackageFacts:
    """Return the package as the release commit has it."""
    package = release.package
    documents = {**package.documents, **{edit.path: edit.after for edit in release.edits}}
    manifest = replace(package.manifest, version=release.version)
    return replace(package, documents=documents, manifest=manifest)


def _edits(releases: Sequence[Release], *, in_place: bool = False) -> tuple[Edit, ...]:
    """Return the edits of version files, lock files and changelogs."""
    return tuple(
        Edit(edit.path, edit.before, edit.after, edit.what, in_place=in_place)
        for release in releases
        for edit in release.edits
    )


def _assembling(facts: Facts, releases: Sequence[Release]) -> Iterator[Step]:
    """Yield the calls of the tool that writes the changelogs from fragments, if one is named."""
    settings = facts.config.changelog
    for release in releases:
        package, version = release.package, str(release.version)
        if not settings.enabled or not writes_changelog(
            settings.fragments, package.reading.fragments
        ):
            continue
        from releasio.steps.prepare.assemble import Assemble

        if settings.fragments == "scriv":
            yield Assemble("scriv", ("collect", "--version", version), package.folder)
        else:
            day = facts.moment.date().isoformat()
            options = ("build", "--yes", "--version", version, "--date", day)
            yield Assemble("towncrier", options, package.folder)


def _lock_checks(
    facts: Facts, releases: Sequence[Release], *, in_place: bool = False
) -> Iterator[Step]:
    """Yield a question for each lock file that has to follow what the release writes."""
    settings = facts.config.version
    if not (settings.update_lock_file and settings.check_lock_file):
        return
    documents = {
        path: content for release in releases for path, content in release.package.documents.items()
    }
    present_paths = [path for path, content in documents.items() if content is not None]
    edited_paths = {edit.path for release in releases for edit in release.edits}
    for path in locks_to_check(present_paths, edited_paths):
        from releasio.steps.prepare.check_lock import CheckLock  # few projects have a lock

        yield CheckLock(path, facts.repository.head, in_place=in_place)


def _commit(releases: Sequence[Release], base: str, settings: VersionConfig) -> Commit:
    edits = _edits(releases)
    return Commit(
        message=commit_message(*(release.version for release in releases)),
        base=base,
        tags=tags_of(releases),
        new_files=tuple(edit.path for edit in edits if edit.before is None),
        versions={
            release.package.folder: str(release.version)
            for release in releases
            if not release.package.manifest.is_from_tags
        },
        settings=settings,
    )
