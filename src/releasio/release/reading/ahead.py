"""Releases that were made on top of HEAD: here and not followed, or by another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.release.standing import AheadTag

if TYPE_CHECKING:
    from collections.abc import Collection

    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.release.reading.unfinished import Search

_FEW = 20  # tags; a clone further behind than that has to be brought up to date anyway


def read_ahead(here: PackageAtHead, search: Search | None, *, acting: bool) -> tuple[AheadTag, ...]:
    """
    Return the tags whose commits descend from HEAD, the lowest version first; the first few.

    Args:
        here: The package at HEAD.
        search: Tells what is left of a release that another run made of HEAD.
        acting: Whether a remote or an index that does not answer stops the run.

    Raises:
        ReleasioError: Remote or index did not answer, or not what they should.
    """
    try:
        above = _above(here)
        commits = _tags_here(here) | _tags_there(here, above)
        names = here.form.newest(commits)[-_FEW:]
        return tuple(_ahead(here, name, commits[name], search, above) for name in reversed(names))
    except ReleasioError as error:
        if acting:
            raise
        here.world.screen.note(f"{error}; what was released on top of HEAD is not known")
        return ()


def _above(here: PackageAtHead) -> frozenset[str] | None:
    """Return the commits that the remote's branch has on top of HEAD; `None`: it was not asked."""
    git, branch = here.world.git, here.branch
    if here.public is None or branch is None or here.remote is None:
        return None
    tip = here.public.heads.get(branch)
    if tip is None or tip == here.head:
        return frozenset()
    if git.peel(tip) is None:
        git.fetch(here.remote, f"refs/heads/{branch}")
    return (
        frozenset(git.ids(tip, f"^{here.head}")) if git.is_ancestor(here.head, tip) else frozenset()
    )


def _tags_here(here: PackageAtHead) -> dict[str, str]:
    """Return the tags of this clone above HEAD, with their commits."""
    git, tags = here.world.git, here.tags
    higher = tags[: tags.index(here.last.name)] if here.last else tags
    names = git.tags_containing(here.head, higher) if higher else ()
    lowest = here.form.newest(names)[-_FEW:]
    peeled = {name: git.peel(f"refs/tags/{name}") for name in lowest}
    return {name: commit for name, commit in peeled.items() if commit and commit != here.head}


def _tags_there(here: PackageAtHead, above: Collection[str] | None) -> dict[str, str]:
    """Return the tags of the remote whose commits are among *above*."""
    tags = here.public.tags if here.public and above else {}
    return {name: tag.commit for name, tag in tags.items() if tag.commit in (above or ())}


def _ahead(
    here: PackageAtHead,
    name: str,
    commit: str,
    search: Search | None,
    above: Collection[str] | None,
) -> AheadTag:
    version = here.form.version(name)
    if version is None:
        msg = f"{name} was taken for a version"
        raise AssertionError(msg)
    made = here.world.git.commit_info(commit)
    on_branch = None if above is None else commit in above
    of_head = on_branch and here.head in made.parents
    unfinished = search.left_of(name) if search and of_head else None
    return AheadTag(
        name, version, commit, made.parents, made.author, made.time, on_branch, unfinished
    )
