"""Releases that HEAD lacks: made here and not followed, or by another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.release.standing import AheadTag
from releasio.rules.versions.floating import releases_among

if TYPE_CHECKING:
    from collections.abc import Collection

    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.release.reading.unfinished import Search

_FEW = 20  # tags; a clone further behind than that has to be brought up to date anyway


def read_ahead(
    package: PackageAtHead, search: Search | None, *, acting: bool
) -> tuple[AheadTag, ...]:
    """
    Return the tags on top of HEAD, and those beside it on the remote's branch, the lowest first.

    Args:
        package: The package at HEAD.
        search: Tells what is left of a release that another run made of HEAD.
        acting: Whether a remote or an index that does not answer stops the run.

    Raises:
        ReleasioError: Remote or index did not answer, or not what they should.
    """
    try:
        commits_ahead = _commits_ahead(package)
        commits = _local_tags(package) | _remote_tags(package, commits_ahead)
        names = package.form.newest(releases_among(commits, package.form))[-_FEW:]
        return tuple(
            _ahead_tag(package, name, commits[name], search, commits_ahead)
            for name in reversed(names)
        )
    except ReleasioError as error:
        if acting:
            raise
        package.world.screen.note(f"{error}; what was released on top of HEAD is not known")
        return ()


def _commits_ahead(package: PackageAtHead) -> frozenset[str] | None:
    """Return the commits of the remote's branch that HEAD lacks; `None`: it was not asked."""
    git, branch = package.world.git, package.branch
    if package.public is None or branch is None or package.remote is None:
        return None
    tip = package.public.heads.get(branch)
    if tip is None or tip == package.head:
        return frozenset()
    if git.objects.peel(tip) is None:
        git.remotes.fetch(package.remote, f"refs/heads/{branch}")
    # also beside commits of this clone's own: a release among them comes first all the same
    return frozenset(git.history.ids(tip, f"^{package.head}"))


def _local_tags(package: PackageAtHead) -> dict[str, str]:
    """Return the tags of this clone above HEAD, with their commits."""
    git, tags = package.world.git, package.tags
    higher = tags[: tags.index(package.last.name)] if package.last else tags
    names = git.refs.tags_containing(package.head, higher) if higher else ()
    lowest_tags = package.form.newest(names)[-_FEW:]
    commits = {name: git.objects.peel(f"refs/tags/{name}") for name in lowest_tags}
    return {name: commit for name, commit in commits.items() if commit and commit != package.head}


def _remote_tags(package: PackageAtHead, commits_ahead: Collection[str] | None) -> dict[str, str]:
    """Return the tags of the remote whose commits are among *commits_ahead*."""
    tags = package.public.tags if package.public and commits_ahead else {}
    return {name: tag.commit for name, tag in tags.items() if tag.commit in (commits_ahead or ())}


def _ahead_tag(
    package: PackageAtHead,
    name: str,
    commit: str,
    search: Search | None,
    commits_ahead: Collection[str] | None,
) -> AheadTag:
    version = package.form.version(name)
    if version is None:
        msg = f"{name} was taken for a version"
        raise AssertionError(msg)
    commit_info = package.world.git.history.commit(commit)
    on_branch = None if commits_ahead is None else commit in commits_ahead
    is_of_head = on_branch and package.head in commit_info.parents
    unfinished = search.left_of(name) if search and is_of_head else None
    return AheadTag(
        name,
        version,
        commit,
        commit_info.parents,
        commit_info.author,
        commit_info.time,
        on_branch,
        unfinished,
    )
