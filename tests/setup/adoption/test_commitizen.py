"""What commitizen was told, in settings of releasio."""

from __future__ import annotations

import pytest

from tests.setup.adoption.adopting import gaps, manifest, tool

USUAL = {"types_patch": ["fix", "perf", "refactor"]}  # its own rules raise more than ours
QUIET = "update_changelog_on_bump = true"


@pytest.mark.parametrize(
    ("table", "settings"),
    [
        ("", {"version": {"tag_prefix": ""}}),
        ('tag_format = "v$version"', {}),
        ('tag_format = "v${version}"', {}),
        ('tag_format = "v$major.$minor.$patch$prerelease"', {}),
        ('tag_format = "demo-$version"', {"version": {"tag_prefix": "demo-"}}),
        (
            'tag_format = "v$version"\nchangelog_file = "HISTORY.md"',
            {"changelog": {"path": "HISTORY.md"}},
        ),
        (
            'tag_format = "v$version"\nchangelog_merge_prerelease = true',
            {"changelog": {"include_prereleases": False}},
        ),
        (
            'tag_format = "v$version"\npre_bump_hooks = ["make docs"]',
            {"hooks": {"post_bump": ["make docs"]}},
        ),
        (
            'tag_format = "v$version"\npost_bump_hooks = ["make news"]',
            {"hooks": {"pre_release": ["make news"]}},
        ),
    ],
)
def test_settings_are_translated(table: str, settings: dict[str, object]) -> None:
    found = tool(pyproject__toml=manifest(f"[tool.commitizen]\n{QUIET}\n{table}\n"))

    assert {"commits": USUAL, **settings} == found.settings
    assert {} == gaps(found)


@pytest.mark.parametrize(
    "table",
    [
        'name = "cz_jira"',
        'bump_message = "release $new_version"',
        "gpg_sign = true",
        'legacy_tag_formats = ["$version"]',
        "prerelease_offset = 1",
        'template = "CHANGES.j2"',
        'change_type_map = { feat = "New" }',
        'post_bump_hooks = ["echo $CZ_POST_CURRENT_VERSION"]',
        "something_new = 1",
    ],
)
def test_what_has_no_counterpart_is_named_with_its_line(table: str) -> None:
    text = f'[tool.commitizen]\n{QUIET}\ntag_format = "v$version"\n{table}\n'

    found = tool(pyproject__toml=manifest(text))

    assert ["pyproject.toml:7"] == [*gaps(found).values()]


def test_the_rules_of_the_project_itself_are_translated() -> None:
    found = tool(
        pyproject__toml=manifest(
            """
            [tool.commitizen]
            name = "cz_customize"
            tag_format = "v$version"
            update_changelog_on_bump = true
            [tool.commitizen.customize.bump_map]
            "^.+!$" = "MAJOR"
            "^break" = "MAJOR"
            "^new" = "MINOR"
            "^(fix|hotfix)" = "PATCH"
            "^fix.*db" = "MINOR"
            """
        ),
    )

    assert {
        "types_major": ["break"],
        "types_minor": ["new"],
        "types_patch": ["fix", "hotfix"],
    } == found.settings["commits"]
    assert {"customize.bump_map.^fix.*db": "pyproject.toml:14"} == gaps(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("__cz__toml", '[tool.commitizen]\ntag_format = "v$version"\n'),
        ("cz__toml", '[tool.commitizen]\ntag_format = "v$version"\n'),
        ("__cz__json", '{"commitizen": {"tag_format": "v$version"}}'),
        ("__cz__yaml", "commitizen:\n  tag_format: v$version\n"),
    ],
)
def test_its_own_files_are_read(name: str, text: str) -> None:
    found = tool(**{name: text, "CHANGELOG__md": "# Changes\n"})

    assert ({"commits": USUAL}, {}) == (found.settings, gaps(found))


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("__cz__toml", "[tool.commitizen]\nname = \n", ".cz.toml:2"),
        ("__cz__json", '{"commitizen": {\n"tag_format" "v"}}', ".cz.json:2"),
        ("__cz__yaml", 'commitizen:\n  tag_format: "v\n', ".cz.yaml:3"),
    ],
)
def test_a_broken_file_is_told_with_its_line(name: str, text: str, place: str) -> None:
    found = tool(**{name: text})

    assert [place] == [broken.place for broken in found.broken]


def test_files_that_repeat_the_version_are_named_with_the_text_around_it() -> None:
    table = """
    [tool.commitizen]
    tag_format = "v$version"
    update_changelog_on_bump = true
    version_files = [
        "src/demo/__init__.py",
        "README.md:rev",
        "pyproject.toml:^version",
    ]
    """

    found = tool(
        pyproject__toml=manifest(table),
        **{"src/demo/__init__.py": '__version__ = "1.2.3"\n'},
        README__md="since 1.2.3\n    rev: v1.2.3\n",
    )

    assert {
        "version_files": ["src/demo/__init__.py"],
        "files": [{"path": "README.md", "pattern": "rev: v{version}"}],
    } == found.settings["version"]


def test_a_project_without_changelog_is_told_that_one_is_written() -> None:
    table = '[tool.commitizen]\ntag_format = "v$version"\n'

    without, with_one = (
        tool(pyproject__toml=manifest(table)),
        tool(pyproject__toml=manifest(table), CHANGELOG__md="# Changes\n"),
    )

    assert ([""], []) == ([*gaps(without)], [*gaps(with_one)])
