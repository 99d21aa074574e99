"""The commit that made a version ready for its release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.release.reading.project.documents import files_at
from releasio.release.standing import Prepared
from releasio.rules.notes.formats.section_notes import section_notes
from releasio.rules.project.manifest import read_manifest
from releasio.rules.versions.version import without_local
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.tables.versions import VersionConfig
    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.rules.project.project_files import ProjectFiles


@frozen
class _State:
    """What a commit says of the version: whether it is the project's, and its section."""

    says_version: bool
    section: str | None


def read_prepared(package: PackageAtHead, changelog: str) -> Prepared | None:
    """
    Find the newest commit on the first-parent line that changed the version or its section.

    What was merged along with it belongs to it: a merge counts as one commit.

    Args:
        package: The package at HEAD.
        changelog: The changelog's path in the repository.

    Returns:
        `None` where the version is not above the last release, or another one is asked for.
        A first release is of everything there is, unless pull requests prepare releases.
        Where tags say the version, the words of a merged release pull request do.
    """
    version, last, git = package.manifest.version, package.last, package.world.git
    if package.request.explicit:
        return None
    if package.manifest.is_from_tags:
        from releasio.release.reading.prepared_by_words import read_prepared_by_words

        return read_prepared_by_words(package, changelog)
    if version.is_devrelease:
        return None
    if without_local(version) <= last.version if last else package.config.mode != "pull-request":
        return None
    manifest, settings = package.manifest, package.config.changelog
    paths = (*dict.fromkeys(place.path for place in manifest.places), changelog)

    def state(commit: str | None) -> _State:
        if commit is None:
            return _State(says_version=False, section=None)
        contents = git.objects.read_files(commit, (manifest.path, *paths))
        text = (contents[changelog] or b"").decode("utf-8", "replace")
        section = section_notes(text, version, settings, changelog) if settings.enabled else None
        files = files_at(git, commit, package.folder, contents)
        return _State(_says(files, package.config.version, version), section)

    since = f"{TAGS}{last.name}" if last else None
    for commit, parent in git.history.first_parent_line(since, package.head, paths):
        state_after = state(commit)
        if state_after != state(parent):
            later_commits = frozenset(git.history.ids(package.head, f"^{commit}"))
            return Prepared(commit, later_commits, state_after.section or "")
    return Prepared(None)


def _says(files: ProjectFiles, settings: VersionConfig, version: Version) -> bool:
    try:
        return read_manifest(files, settings).version == version
    except ReleasioError:  # whatever it said, it was not this version
        return False
