"""The commit that prepared a version which no file says: by the words of a merged pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.standing import Prepared
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.outline import outline
from releasio.rules.commits.merges import Merges
from releasio.rules.commits.reverts import cancelled, is_revert
from releasio.rules.conventions.pull_requests import split_reference, unwrap_subject
from releasio.rules.notes.formats.section_notes import section_notes
from releasio.rules.proposal.release_commit import version_prepared_by
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.version import Version

    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.rules.commits.commit import Commit


def read_prepared_by_words(package: PackageAtHead, changelog: str) -> Prepared | None:
    """
    Find the newest change to the branch that says which version it prepares.

    Its own message says it, or that of a commit which it merges. Where release pull requests are
    the only way to a release (`mode`), the newest section of the changelog says it, too.

    Args:
        package: The package at HEAD, with its version from tags.
        changelog: The changelog's path in the repository.
    """
    git, last = package.world.git, package.last
    since = f"{TAGS}{last.name}" if last else None
    commits = list(git.history.commits(since, package.head))
    reverted = _reverted(commits)
    for commit in commits:
        version = version_prepared_by([commit.message])
        if version is None or (last and version <= last.version):
            continue
        brought_by = _brought_by(package, commit.id, since)
        if reverted & {commit.id, brought_by}:
            continue
        return _prepared(package, brought_by, version, changelog)
    if package.config.mode == "pull-request":
        return _by_changelog(package, changelog, since)
    return None


def _brought_by(package: PackageAtHead, commit: str, since: str | None) -> str:
    """Return the commit on the branch's own line that *commit* came with: itself, or a merge."""
    git = package.world.git
    line = [one.id for one in git.history.commits(since, package.head, "--first-parent")]
    begin, end = 0, len(line) - 1  # the newest has it
    while begin < end:
        middle = (begin + end + 1) // 2
        if git.objects.is_ancestor(commit, line[middle]):
            begin = middle
        else:
            end = middle - 1
    return line[begin]


def _reverted(commits: Sequence[Commit]) -> set[str]:
    """Return what one of *commits* undoes, also if it was done again: that is another change."""
    merges = Merges(commits)
    numbers: dict[str, list[str]] = {}
    for commit in commits:
        reference = unwrap_subject(commit.subject, commit.body)[1]
        reference = reference or split_reference(commit.subject)[1]
        numbers.setdefault(reference[1:], []).append(commit.id)
    reverts = filter(is_revert, commits)
    return {id_ for revert in reverts for id_ in cancelled([revert], commits, numbers, merges)}


def _prepared(package: PackageAtHead, commit: str, version: Version, changelog: str) -> Prepared:
    git = package.world.git
    later_commits = frozenset(git.history.ids(package.head, f"^{commit}"))
    section = _section(package, commit, version, changelog)
    return Prepared(commit, later_commits, section, version)


def _section(package: PackageAtHead, commit: str | None, version: Version, changelog: str) -> str:
    settings = package.config.changelog
    if commit is None or not settings.enabled:
        return ""
    text = _changelog_at(package, commit, changelog)
    return section_notes(text, version, settings, changelog) or ""


def _changelog_at(package: PackageAtHead, commit: str, changelog: str) -> str:
    return (package.world.git.objects.read_file(commit, changelog) or b"").decode(
        "utf-8", "replace"
    )


def _by_changelog(package: PackageAtHead, changelog: str, since: str | None) -> Prepared | None:
    """Return the commit that wrote the newest section, if that is above the last release."""
    text = _changelog_at(package, package.head, changelog)
    markup = markup_of(changelog, text)
    if not package.config.changelog.enabled or markup is None:
        return None
    released = outline(text, markup=markup).released
    version = released[0].title.version if released and released[0].title else None
    if version is None or (package.last and version <= package.last.version):
        return None
    for commit, parent in package.world.git.history.first_parent_line(
        since, package.head, (changelog,)
    ):
        section = _section(package, commit, version, changelog)
        if section != _section(package, parent, version, changelog):
            return _prepared(package, commit, version, changelog)
    return None
