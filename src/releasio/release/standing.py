"""Where releases stand: what is prepared, and what is ahead of HEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version


@frozen
class Unfinished:
    """
    A release whose tag is public, but which is not on index or forge, or not here, in full.

    Attributes:
        tag: Its tag.
        version: What the tag names.
        commit: Likewise.
        files: File name to sha256, as the tag's message says; empty if it says nothing.
        to: The name of the registry they go to, likewise.
        page: Whether it gets a page on the forge, likewise.
        moves: The names of the tags that move along with it, likewise.
        merge_back: Whether it is merged back to another branch, likewise.
    """

    tag: str
    version: Version
    commit: str
    files: Mapping[str, str]
    to: str = ""
    page: bool = False
    moves: tuple[str, ...] = ()
    merge_back: bool = False


@frozen
class Prepared:
    """
    The commit that made a version ready for release.

    Attributes:
        commit: The newest one on the first-parent line that changed the version or its
            section of the changelog; `None`: none since the last release did.
        later: The commits on top of it, which belong to the next release.
        section: The version's section of the changelog in that commit; empty: there is none.
        version: The version, where tags say it and no file does; `None`: the manifest says it.
    """

    commit: str | None
    later: frozenset[str] = frozenset()
    section: str = ""
    version: Version | None = None


@frozen
class AheadTag:
    """
    A tag of this package on top of HEAD, or beside it on the remote's branch.

    Attributes:
        name: The tag's name.
        version: What it says.
        commit: Its commit, which HEAD does not have.
        parents: That commit's parents.
        author: Who made the commit.
        time: When, in seconds since the epoch.
        on_branch: Whether the branch of the remote has it; `None`: the remote was not asked.
        unfinished: What is left of its release.
    """

    name: str
    version: Version
    commit: str
    parents: tuple[str, ...]
    author: str
    time: int
    on_branch: bool | None = None
    unfinished: Unfinished | None = None
