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
    if git.objects.is_ancestor(package.head, commit) or _has(package, branch, commit):
        return
    begin = f"the next version is counted from {last.name}" if last else "it does not count"
    package.world.screen.note(
        f"{tag}, the highest release, is not on this branch: {begin}. Where it was made from this "
        f"branch, `git merge {quoted(tag)}` has it count"
    )


def _has(package: PackageAtHead, branch: str, commit: str) -> bool:
    """Whether *branch*, here or as far as it is known on the remote, has *commit*."""
    git, tips = package.world.git, [package.head]
    if package.public and branch in package.public.heads:
        tips.append(package.public.heads[branch])
    elif package.remote:
        tips.append(git.refs.read(f"refs/remotes/{package.remote.name}/{branch}") or package.head)
    known_tips = (tip for tip in dict.fromkeys(tips) if git.objects.peel(tip))
    return any(git.objects.is_ancestor(commit, tip) for tip in known_tips)


def _is_final(package: PackageAtHead, tag: str) -> bool:
    version = package.form.version(tag)
    return version is not None and not version.is_prerelease
