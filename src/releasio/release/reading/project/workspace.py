"""The other members of a workspace: what is changed only there is not changed here."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from releasio.rules.project.packaged import is_member, member_patterns, only_in
from releasio.rules.project.toml_string import toml_or_none
from releasio.world.git.history import History

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.world.git.git import Git
    from releasio.world.world import World

MANIFEST = "pyproject.toml"


def manifests_around(folder: str) -> tuple[str, ...]:
    """Return where the manifest of a workspace may be that has *folder* as a member."""
    parents = PurePosixPath(folder).parents if folder else ()
    return tuple(str(parent / MANIFEST) for parent in parents)


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
    own_manifest = f"{folder}/{MANIFEST}" if folder else MANIFEST
    for path in (own_manifest, *manifests_around(folder)):
        # who has a manifest that is no TOML will hear of it there
        patterns = member_patterns(toml_or_none(documents.get(path) or b"") or {})
        if patterns[0]:
            root = path.removesuffix(MANIFEST).rstrip("/")
            members = _members(git, head, root, patterns)
            return tuple(
                member
                for member in members
                if member != folder and not folder.startswith(f"{member}/")
            )
    return ()


def _members(
    git: Git, head: str, root: str, patterns: tuple[tuple[str, ...], tuple[str, ...]]
) -> Sequence[str]:
    """Return the folders below *root* that have a manifest and match *patterns*."""
    begin = f"{root}/" if root else ""
    manifests = (
        path for path in git.objects.list_files(head, root) if path.endswith(f"/{MANIFEST}")
    )
    folders = (path.removesuffix(f"/{MANIFEST}") for path in manifests)
    return [folder for folder in folders if is_member(folder.removeprefix(begin), patterns)]


def own_history(
    world: World,
    history: History,
    other_folders: Sequence[str],
    *,
    announce: bool = False,
) -> History:
    """
    Return *history* without the commits that touch only files of other members.

    Args:
        world: git knows which files each touches; a merge touches what it brings.
        history: Those since a release.
        other_folders: The folders of the other members.
        announce: Say from where they count if not from the tag, and how many do not.
    """
    base, commits, twin = history
    if announce and twin:
        world.screen.note(
            f"{base} is on no commit of this branch, but {twin[:8]} has the same files: "
            "counted from there"
        )
    if not other_folders or not commits:
        return history
    touched = world.git.history.touched([commit.id for commit in commits])
    elsewhere = {commit for commit, files in touched if only_in(files, other_folders)}
    own_commits = [commit for commit in commits if commit.id not in elsewhere]
    if announce and len(own_commits) < len(commits):
        world.screen.note(
            f"of {len(commits)} commits{f' since {base}' if base else ''} "
            f"{len(commits) - len(own_commits)} touch only other members of the workspace: "
            "they do not count"
        )
    return History(base, own_commits, twin)
