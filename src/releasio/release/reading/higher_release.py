"""A release that is higher than the last one of this branch, and made from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.bump.channel import channel_of, releases_from
from releasio.text.command_line import quoted

if TYPE_CHECKING:
    from releasio.release.reading.package_at_head import PackageAtHead


def note_higher_release(package: PackageAtHead, *, branch_chosen: bool) -> None:
    """
    Say that a release does not count because this branch does not contain it.

    Many projects make each minor release from a branch of its own, so that the branch all of them
    come from contains no tag. A branch for older versions is no such branch, and one that is behind
    a release gets it by a pull.

    Args:
        package: What HEAD has, and the last release that it descends from.
        branch_chosen: Whether somebody set `default_branch`.
    """
    git, branch, last = package.world.git, package.branch, package.last
    if branch is None or channel_of(package.config, branch):
        return
    finals = (tag for tag in package.tags if _is_final(package, tag))
    tag = next(finals, None)
    if tag is None or (last is not None and tag == last.name):
        return
    version, commit = package.form.version(tag), git.objects.peel(f"refs/tags/{tag}")
    if version is None or commit is None or (last is not None and version <= last.version):
        return
    default = git.remotes.known_head(package.remote) if package.remote else None
    if not releases_from(package.config, branch, is_set=branch_chosen, default=default):
        return
    if git.objects.is_ancestor(package.head, commit) or git.objects.is_ancestor(
        commit, package.head
    ):
        return
    begin = f"the next version is counted from {last.name}" if last else "it does not count"
    package.world.screen.note(
        f"{tag}, the highest release, is on another branch: {begin}. Where it was made from this "
        f"branch, `git merge --strategy ours {quoted(tag)}` has it count"
    )


def _is_final(package: PackageAtHead, tag: str) -> bool:
    version = package.form.version(tag)
    return version is not None and not version.is_prerelease
