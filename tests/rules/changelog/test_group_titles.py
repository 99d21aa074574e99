from __future__ import annotations

import pytest

from releasio.config.reading.generations import EMOJI_TITLES
from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.group_titles import group_titles

TYPES = ("feat", "fix", "perf", "security")


def titles(text: str, *types: str, **named: str) -> list[str]:
    found = group_titles(text, ChangelogConfig(section_headers=named))
    return [found.of(type_) for type_ in types or TYPES]


def changelog(*groups: str) -> str:
    below = "\n\n".join(f"{group}\n\n- old" for group in groups)
    return f"# Changes\n\n## 1.1.0\n\n{below}\n"


class TestTitles:
    @pytest.mark.parametrize(
        ("groups", "expected"),
        [
            ((), ["Added", "Fixed", "Changed", "Security"]),
            (("### Added", "### Fixed"), ["Added", "Fixed", "Changed", "Security"]),
            (
                ("### Features", "### Bug Fixes"),
                ["Features", "Bug Fixes", "Performance Improvements", "Security"],
            ),
            (
                ("### Bug fixes",),
                ["Features", "Bug fixes", "Performance improvements", "Security"],
            ),
            (
                ("### Enhancements", "### Bug fixes", "### Performance"),
                ["Enhancements", "Bug fixes", "Performance", "Security"],
            ),
            (
                ("### ✨ Features",),
                ["✨ Features", "🐛 Bug Fixes", "⚡ Performance", "🔒 Security"],
            ),
            (
                ("### :sparkles: New features", "### :bug: Fixes"),
                [":sparkles: New features", ":bug: Fixes", "Performance improvements", "Security"],
            ),
            (
                ("### Backwards-incompatible Changes", "### Changes"),
                ["Changes", "Changes", "Changes", "Changes"],
            ),
            (
                ("**Implemented enhancements:**", "**Fixed bugs:**"),
                [
                    "**Implemented enhancements:**",
                    "**Fixed bugs:**",
                    "**Performance improvements:**",
                    "**Security:**",
                ],
            ),
            (("### The rest", "### 0.9.0 and before"), ["Added", "Fixed", "Changed", "Security"]),
        ],
    )
    def test_are_those_of_the_file(self, groups: tuple[str, ...], expected: list[str]) -> None:
        assert expected == titles(changelog(*groups))

    @pytest.mark.parametrize(
        ("group", "expected"),
        [
            ("### Bug fixes", "Other changes"),
            ("**Fixed bugs:**", "**Other changes:**"),
            ("### Bug Fixes", "Other Changes"),
            ("### Fixed", "Changed"),
        ],
    )
    def test_of_what_is_left_are_in_the_manner_of_the_others(
        self, group: str, expected: str
    ) -> None:
        assert [expected] == titles(changelog(group), "metadata")

    def test_of_the_newest_sections_count(self) -> None:
        text = (
            "## 1.1.0\n\n### Fixed\n\n- a\n\n## 1.0.0\n\n### ✨ Features\n\n- b\n\n### 🐛 Fixes\n"
        )

        assert ["Added", "Fixed"] == titles(text, "feat", "fix")

    def test_above_the_versions_are_no_groups(self) -> None:
        assert ["Added"] == titles("# Changes\n\n## Features\n\nwords\n\n## 1.1.0\n", "feat")

    def test_that_the_settings_name_come_first(self) -> None:
        assert ["New", "Fixed"] == titles(changelog("### Added"), "feat", "fix", feat="New")

    def test_of_2_x_stay_where_the_settings_keep_them(self) -> None:
        found = titles(changelog("### Added"), *EMOJI_TITLES, "zap", **EMOJI_TITLES)

        assert [*EMOJI_TITLES.values(), EMOJI_TITLES["other"]] == found


class TestBreaking:
    @pytest.mark.parametrize(
        ("group", "expected"),
        [
            ("### ⚠ BREAKING CHANGES", "⚠ BREAKING CHANGES"),
            ("### ✨ Features", "⚠️ Breaking Changes"),
            ("### Features", None),
            ("### Added", None),
        ],
    )
    def test_changes_have_a_group_where_the_file_has_one(
        self, group: str, expected: str | None
    ) -> None:
        assert expected == group_titles(changelog(group), ChangelogConfig()).breaking
