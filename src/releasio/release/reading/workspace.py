"""The other members of a workspace: what is changed only there is not changed here."""

from __future__ import annotations

import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from releasio.rules.project.packaged import is_member, member_patterns, only_in
from releasio.world.git.history import History

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.world.git.git import Git
    from releasio.world.world import World

MANIFEST = "pyproject.toml"


def manifests_around(folder: str) -> tuple[str, ...]:
    """Return where the manifest of a workspace may be that has *folder* as a member."""
    return tuple(str(one / MANIFEST) for one in PurePosixPath(folder).parents) if folder else ()


def other_members(
    git: Git, head: str, folder: str, documents: Mapping[str, bytes | None]
) -> tuple[str, ...]:
    """
    Return the folders of the other members of the workspace that *folder* belongs to.

    Args:
        git: Knows which folders there are.
        head: The commit.
        folder: The project's; empty: the root of the repository.
        documents: Holds the manifests at the root and around *folder*.

    Returns:
        Paths in the repository; empty where there is no workspace.
    """
    own = f"{folder}/{MANIFEST}" if folder else MANIFEST
    for path in (own, *manifests_around(folder)):
        content = documents.get(path)
        patterns = member_patterns(_toml(content)) if content else ((), ())
        if patterns[0]:
            root = path.removesuffix(MANIFEST).rstrip("/")
            there = _members(git, head, root, patterns)
            return tuple(one for one in there if one != folder and not folder.startswith(f"{one}/"))
    return ()


def _members(
    git: Git, head: str, root: str, patterns: tuple[tuple[str, ...], tuple[str, ...]]
) -> Sequence[str]:
    """Return the folders below *root* that have a manifest and match *patterns*."""
    begin = f"{root}/" if root else ""
    manifests = (path for path in git.list_files(head, root) if path.endswith(f"/{MANIFEST}"))
    folders = (path.removesuffix(f"/{MANIFEST}") for path in manifests)
    return [one for one in folders if is_member(one.removeprefix(begin), patterns)]


def own_history(
    world: World, head: str, history: History, others: Sequence[str], *, said: bool = False
) -> History:
    """
    Return *history* without the commits that touch only files of other members.

    Args:
        world: git knows which files each touches; a merge touches what it brings.
        head: The newest of the commits.
        history: Those since a release.
        others: The folders of the other members.
        said: Say how many do not count.
    """
    base, commits = history
    if not others or not commits:
        return history
    touched = world.git.touched(base, head)
    ours = [one for one in commits if not only_in(touched.get(one.id, ()), others)]
    if said and len(ours) < len(commits):
        world.screen.note(
            f"of {len(commits)} commits{f' since {base}' if base else ''} "
            f"{len(commits) - len(ours)} touch only other members of the workspace: "
            "they do not count"
        )
    return History(base, ours)


def _toml(content: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return {}  # whose it is will hear of it there
