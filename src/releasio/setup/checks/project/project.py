"""Everything about the project's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.checks.project.files import check_files
from releasio.setup.checks.project.metadata import check_metadata
from releasio.setup.checks.project.on_index import check_on_index
from releasio.setup.checks.project.settings import check_settings
from releasio.setup.checks.project.versions import check_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


def check_project(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the project, as its files and the index have it."""
    yield from check_settings(situation)
    yield from check_versions(situation)
    yield from check_metadata(situation)
    yield from check_files(situation)
    yield from check_on_index(situation)
