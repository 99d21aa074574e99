"""Changelogs where no release looks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.setup.init.changelogs import find_changelog

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = frozenset(map(Version, ["1.0.0", "1.1.0", "1.2.0"]))
MARKDOWN = "# All\n\n## Unreleased\n\n## [1.2.0](https://e.org) - 2026-01-01\n\n- x\n\n## 1.1.0\n"
RST = "Notes\n=====\n\nNow\n---\n\nDemo 1.2.0\n^^^^^^^^^^\n\n- x\n\nDemo 1.1.0\n^^^^^^^^^^\n\n- y\n"


def found(folder: Path, project: str = "demo", **files: str) -> str:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return find_changelog(folder, project, VERSIONS)


class TestFound:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("docs/history/demo.md", MARKDOWN),
            ("docs/news.rst", RST),
            ("docs/source/about/Release_Notes.md", MARKDOWN),
            ("Documentation/whatsnew.rst", RST),
            ("ChangeLog", MARKDOWN),
            ("Change_Log.txt", RST),
            ("RELEASES.md", MARKDOWN),
            ("docs/demo-news.rst", RST),
        ],
    )
    def test_by_its_name_and_its_headings(self, tmp_path: Path, name: str, text: str) -> None:
        assert name == found(tmp_path, **{name: text, "docs/index.md": MARKDOWN})

    def test_the_nearest_counts(self, tmp_path: Path) -> None:
        names = ("docs/a/changelog.md", "docs/news.md", "docs/changes.md")

        assert "docs/changes.md" == found(tmp_path, **dict.fromkeys(names, MARKDOWN))

    def test_one_of_its_own_name_is_before_another_projects(self, tmp_path: Path) -> None:
        files = {"docs/news.rst": RST, "docs/news_pool.rst": RST}

        assert "docs/news_pool.rst" == found(tmp_path, "demo-pool", **files)


class TestNotFound:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("docs/history/other.md", MARKDOWN),
            ("docs/guide.md", MARKDOWN),
            ("docs/a/b/c/news.md", MARKDOWN),
            ("docs/_build/news.md", MARKDOWN),
            ("docs/.old/news.md", MARKDOWN),
            ("src/news.md", MARKDOWN),
            ("docs/news.html", MARKDOWN),
            ("docs/history.md", "# How it began\n\nIn 2019.\n"),
            ("docs/changes.md", "# Changes\n\n## 1.2.0\n"),
            ("docs/changes.md", "# Of another project\n\n## 7.1\n\n## 7.0\n\n## 6.0\n\n## 1.2.0\n"),
            ("docs/changes.rst", ".. include:: ../../CHANGES.rst\n"),
        ],
    )
    def test_is_what_is_none(self, tmp_path: Path, name: str, text: str) -> None:
        assert "" == found(tmp_path, **{name: text})

    def test_is_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "docs").mkdir()
        (tmp_path / "other").write_text(MARKDOWN)
        (tmp_path / "docs/news.md").symlink_to(tmp_path / "other")

        assert "" == find_changelog(tmp_path, "demo", VERSIONS)

    def test_is_one_that_is_too_long_to_read(self, tmp_path: Path) -> None:
        (tmp_path / "docs").mkdir()
        with (tmp_path / "docs/news.md").open("w") as file:
            file.write(MARKDOWN)
            file.truncate(200_000_000)

        assert "" == find_changelog(tmp_path, "demo", VERSIONS)

    def test_without_tags_the_present_version_tells(self, tmp_path: Path) -> None:
        found(tmp_path, **{"docs/news.md": MARKDOWN})
        present, other = (find_changelog(tmp_path, "demo", (Version(v),)) for v in ("1.2", "1.3"))

        assert ("docs/news.md", "") == (present, other)

    def test_a_number_that_another_project_had_long_ago_does_not_tell(self, tmp_path: Path) -> None:
        found(tmp_path, **{"docs/news.md": "## 1.3\n\n- b\n\n## 1.2\n\n- a\n"})

        assert "" == find_changelog(tmp_path, "member", (Version("1.2"),))
