"""Which file is a package's changelog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.project.changelog_file import changelog_name, changelog_names

if TYPE_CHECKING:
    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.facts import PackageFacts


def changelog_of(package: PackageFacts, settings: ChangelogConfig) -> str:
    """Return the name of the project's changelog, relative to the package."""
    existing_names = [
        name
        for name in changelog_names(settings)
        if package.documents.get(package.path(name)) is not None
    ]
    return changelog_name(settings, existing_names)
