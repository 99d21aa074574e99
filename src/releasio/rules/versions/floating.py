"""Tags that move along with releases, `v1` and `v1.2`: their names, and when they move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.rules.versions.version import is_floating

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from packaging.version import Version

    from releasio.rules.versions.tag_form import TagForm

Move = Literal["to do", "done", "newer", "stray"]


def floating_names(
    form: TagForm, version: Version, parts: Collection[Literal["major", "minor"]]
) -> tuple[str, ...]:
    """
    Return the names of the tags that move to the release of *version*; none to a pre-release.

    Args:
        form: How the releases' own tags are named; these are named like them.
        version: What is released.
        parts: How much of the version such tags name.
    """
    if version.is_prerelease:
        return ()
    epoch = f"{version.epoch}!" if version.epoch else ""
    names = []
    for part, count in (("major", 1), ("minor", 2)):
        numbers = version.release[:count]
        # 1.2 itself is a release where versions have no third number
        if part in parts and len(version.release) > count:
            names.append(form.name(epoch + ".".join(map(str, numbers))))
    return tuple(names)


def releases_among(commits: Mapping[str, str], form: TagForm) -> list[str]:
    """
    Return the names in *commits* without those of tags that move along.

    One that moves along stands where the release is whose version it begins: `v1` beside `v1.2.3`.

    Args:
        commits: Name to commit.
        form: How releases are named.
    """
    versions = {name: version for name in commits if (version := form.version(name))}
    versions_of_commit: dict[str, list[Version]] = {}
    for name, version in versions.items():
        versions_of_commit.setdefault(commits[name], []).append(version)
    return [
        name
        for name in commits
        if name not in versions
        or not any(
            is_floating(versions[name], other) for other in versions_of_commit[commits[name]]
        )
    ]


def next_move(
    name: str, tag: str, version: Version, commits: Mapping[str, str], form: TagForm
) -> Move:
    """
    Say whether the tag *name* moves to the release *tag*: forward by version, never back.

    `newer`: a higher release of its numbers is there. `stray`: it names a commit that no
    release has, so somebody put it there.

    Args:
        name: Such as `v1`.
        tag: Such as `v1.2.3`.
        version: What *tag* says.
        commits: Name to commit of the tags that begin alike, on the remote.
        form: How releases are named.
    """
    short = form.version(name)
    if short is None:
        return "stray"
    versions = {other: found for other in commits if (found := form.version(other))}
    longer = {other: found for other, found in versions.items() if is_floating(short, found)}
    most_numbers = max((len(found.release) for found in longer.values()), default=0)
    releases = {
        other: found
        for other, found in longer.items()
        # 1.2 is no release of 1 where it moves itself
        if len(found.release) == most_numbers
        or not any(is_floating(found, full) for full in longer.values())
    }
    finals = [other for other in releases.values() if not other.is_prerelease]
    if any(other > version for other in finals):
        return "newer"
    current = commits.get(name)
    if current is not None and current == commits.get(tag):
        return "done"
    if current is None or current in {commits[other] for other in releases}:
        return "to do"
    return "stray"
