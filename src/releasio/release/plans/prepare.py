"""Facts -> the way from HEAD to the release commit; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.plans.hooks import hooks_of
from releasio.release.plans.plan import Plan, tags_of
from releasio.rules.contents.tag_message import commit_message
from releasio.rules.project.locks.lock_files import locks_to_check
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.config.tables.versions import VersionConfig
    from releasio.release.facts import Facts
    from releasio.release.release import Release
    from releasio.steps.step import Step


def plan_prepare(facts: Facts, releases: Sequence[Release]) -> Plan:
    """Return the way from HEAD to one release commit; empty when HEAD already is it."""
    new_releases = [release for release in releases if release.kind == "new"]
    if not new_releases:
        return Plan("prepare", tags_of(releases), ())
    base, hooks = facts.repository.head, facts.config.hooks
    steps: list[Step] = [
        OpenTree(base),
        *hooks_of(new_releases, "pre_release", hooks.pre_release),
        *hooks_of(new_releases, "pre_bump", hooks.pre_bump),
        *_edits(new_releases),
        *hooks_of(new_releases, "post_bump", hooks.post_bump),
        *_lock_checks(facts, new_releases, base),
        _commit(new_releases, base, facts.config.version),
    ]
    return Plan("prepare", tags_of(releases), tuple(steps))


def plan_update(facts: Facts, releases: Sequence[Release]) -> Plan:
    """Return the prepare stage's edits, in the user's work tree and without a commit."""
    hooks = facts.config.hooks
    steps: list[Step] = [
        *hooks_of(releases, "pre_bump", hooks.pre_bump),
        *_edits(releases, in_place=True),
        *hooks_of(releases, "post_bump", hooks.post_bump),
    ]
    return Plan("prepare", tags_of(releases), tuple(steps))


def _edits(releases: Sequence[Release], *, in_place: bool = False) -> tuple[Edit, ...]:
    """Return the edits of version files, lock files and changelogs."""
    return tuple(
        Edit(edit.path, edit.before, edit.after, edit.what, in_place=in_place)
        for release in releases
        for edit in release.edits
    )


def _lock_checks(facts: Facts, releases: Sequence[Release], base: str) -> Iterator[Step]:
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

        yield CheckLock(path, base)


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
