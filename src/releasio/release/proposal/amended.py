"""What somebody put into the release commit of a pull request besides what releasio wrote."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.proposal.line_changes import line_changes
from releasio.rules.proposal.whole_section import changes_around
from releasio.rules.versions.version import version_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.version import Version

    from releasio.release.facts import Facts
    from releasio.release.proposal.standing import ProposalStanding
    from releasio.release.release import Release
    from releasio.rules.proposal.line_changes import LineChanges
    from releasio.world.world import World


def amended_paths(
    world: World, facts: Facts, standing: ProposalStanding, release: Release, changelog: str
) -> tuple[str, ...]:
    """
    Return the files in which the release commit does something else than releasio did.

    Forges rebase it at a button, so it is not enough that it is another one. The version may be
    another one, too. Words in the section of the version are looked at elsewhere; those around
    it count, and so does a section whose heading names no version any more.
    """
    git, branch, record = world.git, standing.branch, standing.record
    commit = branch.release_commit
    written = record.commit if record else ""
    if (
        commit is None
        or not commit.parents
        or commit.id == written
        or not git.objects.was_amended(commit.id)
    ):
        return ()
    planned = {
        edit.path: _change(edit.path, edit.before, edit.after, [release.version], changelog)
        for edit in release.edits
    }
    paths = git.commits.differing(commit.parents[0], commit.id)
    known_written = written if _is_here(world, facts, written) else ""
    versions = [version_or_none(record.version if record else "")]
    then = _changes(world, known_written, paths, versions, changelog)
    now = _changes(world, commit.id, paths, [branch.prepared_version, branch.version], changelog)
    return tuple(path for path in paths if now[path] not in (planned.get(path), then.get(path)))


def _changes(
    world: World,
    commit: str,
    paths: Sequence[str],
    versions: Sequence[Version | None],
    changelog: str,
) -> dict[str, LineChanges]:
    """Return what *commit* does to each of *paths*."""
    if not commit:
        return {}
    before = world.git.objects.read_files(f"{commit}^", paths)
    after = world.git.objects.read_files(commit, paths)
    return {path: _change(path, before[path], after[path], versions, changelog) for path in paths}


def _change(
    path: str,
    before: bytes | None,
    after: bytes | None,
    versions: Sequence[Version | None],
    changelog: str,
) -> LineChanges:
    old, new = ((content or b"").decode("utf-8", "replace") for content in (before, after))
    known = [version for version in versions if version is not None]
    if path != changelog:
        return line_changes(old, new, known)
    return changes_around(old, new, known, markup_of(path, new) or MARKDOWN)


def _is_here(world: World, facts: Facts, commit: str) -> bool:
    """Whether *commit* can be looked at; forges give also those that no branch has any more."""
    remote = facts.repository.remote
    if not commit:
        return False
    if world.git.objects.peel(commit) is None and remote is not None:
        with suppress(ReleasioError):
            world.git.remotes.fetch(remote, commit)
    return world.git.objects.peel(commit) is not None
