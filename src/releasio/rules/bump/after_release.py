"""Which development version follows a release, where the project has one in its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.rules.versions.version import Level, raise_number

if TYPE_CHECKING:
    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.versions.version_range import VersionRange


NOTHING_COMES_NEXT = (
    "no file says the version, so none says the next one after the release (version.after_release)"
)


def development_after(
    version: Version, settings: VersionConfig, limit: VersionRange | None = None
) -> Version | None:
    """
    Return the development version that is committed after the release of *version*.

    It stands before the next minor release, or the next patch release where the settings say
    so, or in *limit*, the range of the branch; of a calendar version the last number is raised.

    Returns:
        `None`: the settings ask for none, or *version* is a pre-release, which stands before
        what comes next itself.
    """
    if settings.after_release is None or version.is_prerelease:
        return None
    if settings.scheme == "calver":
        *numbers, last = version.release
        following = Version(".".join(map(str, (*numbers, last + 1))))
        return Version(f"{version.epoch}!{following}.dev0")
    following = raise_number(version, Level.MINOR)
    if settings.after_release == "dev-patch" or (limit is not None and following not in limit):
        following = raise_number(version, Level.PATCH)
    return Version(f"{following}.dev0")
