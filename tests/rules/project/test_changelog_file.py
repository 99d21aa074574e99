from __future__ import annotations

import pytest

from releasio.config.tables.changelog import ChangelogConfig
from releasio.rules.project.changelog_file import changelog_name, changelog_names


class TestChangelogName:
    @pytest.mark.parametrize(
        ("there", "expected"),
        [
            ([], "CHANGELOG.md"),
            (["CHANGES.md"], "CHANGES.md"),
            (["History.md", "README.md"], "History.md"),
            (["CHANGES.rst"], "CHANGES.rst"),
            (["CHANGELOG"], "CHANGELOG"),
            (["CHANGES.rst", "CHANGELOG.md"], "CHANGELOG.md"),
            (["docs/changelog.md", "CHANGES.rst"], "CHANGES.rst"),
            (["docs/changelog.md"], "docs/changelog.md"),
            (["docs/release-notes.md"], "docs/release-notes.md"),
            (["docs/release_notes.md"], "docs/release_notes.md"),
            (["docs/versionhistory.rst"], "docs/versionhistory.rst"),
            (["docs/source/changelog.rst", "doc/changes.rst"], "docs/source/changelog.rst"),
            (["RELEASE_NOTES.md", "doc/changes.rst"], "RELEASE_NOTES.md"),
            (["docs/source/changelog.rst", "HISTORY.rst"], "HISTORY.rst"),
            (["docs/history.md"], "CHANGELOG.md"),  # may tell another history
        ],
    )
    def test_is_the_one_the_project_has(self, there: list[str], expected: str) -> None:
        assert expected == changelog_name(ChangelogConfig(), there)

    @pytest.mark.parametrize("path", ["CHANGELOG.md", "docs/news.md"])
    def test_is_what_somebody_set_whatever_is_there(self, path: str) -> None:
        settings = ChangelogConfig(path=path)

        assert path == changelog_name(settings, ["CHANGES.md"])
        assert (path,) == changelog_names(settings)
