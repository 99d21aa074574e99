"""Which release of an index counts as the one before: a yanked one does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.rules.index.simple import belongs_to, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

    from releasio.rules.index.simple import IndexFile


@dataclass(frozen=True)
class Previous:
    """The last final release before this one: its version, and what the index has of it."""

    version: Version
    files: tuple[IndexFile, ...]

    @property
    def attested(self) -> bool:
        """Whether any of its files has attestations."""
        return any(file.provenance for file in self.files)

    def __str__(self) -> str:
        wheels = sum(file.name.endswith(".whl") for file in self.files)
        sdists = ["an sdist"] if len(self.files) > wheels else []
        wheel_count = [f"{wheels} wheel{'' if wheels == 1 else 's'}"] if wheels else []
        attested = ", with attestations" if self.attested else ""
        return f"{self.version} has {' and '.join([*wheel_count, *sdists])}{attested}"


def previous_release(files: Iterable[IndexFile], project: str, version: Version) -> Previous | None:
    """Return the highest final release below *version* that has files that are not yanked."""
    files_by_version: dict[Version, list[IndexFile]] = {}
    for file in files:
        name, file_version = belongs_to(file.name) or ("", None)
        if name != canonicalize_name(project) or file_version is None:
            continue
        if file_version < version and not file_version.is_prerelease and file.yanked is None:
            files_by_version.setdefault(file_version, []).append(file)
    if not files_by_version:
        return None
    highest = max(files_by_version)
    return Previous(highest, tuple(files_by_version[highest]))


def newer_release(files: Iterable[IndexFile], project: str, version: Version) -> Version | None:
    """Return the highest final release above *version* that has files that are not yanked."""
    usable_files = (file for file in files if file.yanked is None)
    finals = (v for v in versions_of(usable_files, project) if not v.is_prerelease)
    return max((final for final in finals if final > version), default=None)


def newest_version(files: Iterable[IndexFile], project: str) -> Version | None:
    """Return the highest version of *project* that *files* are of, pre-releases too."""
    return max(versions_of(files, project), default=None)
