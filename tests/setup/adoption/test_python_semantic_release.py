"""What python-semantic-release was told, in settings of releasio."""

from __future__ import annotations

import pytest

from releasio.setup.adoption.branch_patterns import as_patterns
from tests.setup.adoption.adopting import gaps, manifest, tool, tools


@pytest.mark.parametrize(
    ("table", "settings"),
    [
        ('tag_format = "{version}"', {"version": {"tag_prefix": ""}}),
        ('tag_format = "v{version}"', {}),
        ('tag_format = "demo-v{version}"', {"version": {"tag_prefix": "demo-v"}}),
        ("add_partial_tags = true", {"github": {"floating_tags": ["major", "minor"]}}),
        ("allow_zero_version = false", {"version": {"initial_version": "1.0.0"}}),
        ('commit_parser = "conventional"', {}),
        (
            'commit_parser = "emoji"\ncommit_parser_options = { minor_tags = [":sparkles:"] }',
            {"commits": {"convention": "gitmoji"}},
        ),
        (
            'commit_parser = "emoji"',
            {
                "commits": {
                    "convention": "gitmoji",
                    "types_minor": [
                        *("feat", "children_crossing", "lipstick", "iphone", "egg"),
                        "chart_with_upwards_trend",
                    ],
                }
            },
        ),
        (
            'commit_parser = "scipy"\ncommit_parser_options = { minor_tags = ["ENH", "STY"] }',
            {
                "commits": {
                    "convention": "prefix",
                    "types_major": ["deprecate"],
                    "types_minor": ["feat", "style"],
                    "types_patch": ["fix", "perf", "build", "chore"],
                }
            },
        ),
        (
            'commit_parser_options = { minor_tags = ["feat", "new"], patch_tags = ["fix"] }',
            {"commits": {"types_minor": ["feat", "new"], "types_patch": ["fix"]}},
        ),
        (
            "commit_parser_options = { default_bump_level = 2, other_allowed_tags = ['docs'] }",
            {"commits": {"types_patch": ["fix", "perf", "docs"]}},
        ),
        ('changelog.changelog_file = "NEWS.md"', {"changelog": {"path": "NEWS.md"}}),
        (
            'changelog.default_templates.changelog_file = "docs/CHANGES.rst"',
            {"changelog": {"path": "docs/CHANGES.rst"}},
        ),
        ('changelog.exclude_commit_patterns = ["chore*", "ci*"]', {}),
        ('branch = "devel"', {"default_branch": "devel"}),
        ('branch = "master"', {}),
        ('branches.main.match = "(main|master)"', {}),
        (
            'branches.next = { match = "next", prerelease = true, prerelease_token = "beta" }',
            {
                "branches": {
                    "next": {"match": "next", "prerelease": True, "prerelease_token": "beta"}
                }
            },
        ),
        ('remote.type = "gitlab"', {"github": {"kind": "gitlab"}}),
        ('publish.dist_glob_patterns = ["dist/*"]', {}),
        (
            'publish.dist_glob_patterns = ["dist/*", "sbom/*.json"]',
            {"github": {"release_assets": ["sbom/*.json"]}},
        ),
        ("upload_to_repository = false", {"publish": {"enabled": False}}),
        ('build_command = "pip install poetry && poetry build"', {}),
        ('version_toml = ["pyproject.toml:project.version"]', {}),
    ],
)
def test_settings_are_translated(table: str, settings: dict[str, object]) -> None:
    found = tool(pyproject__toml=manifest(f"[tool.semantic_release]\n{table}\n"))

    assert settings == found.settings
    assert {} == gaps(found)


@pytest.mark.parametrize(
    "table",
    [
        'commit_parser = "tools/parser.py:Own"',
        "changelog.exclude_commit_patterns = ['fix.*typo']",
        'changelog.template_dir = "templates"',
        'remote.type = "bitbucket"',
        "publish.upload_to_vcs_release = false",
        'build_command = "make assets && python -m build"',
        'assets = ["stubs.json"]',
        'commit_message = "{version}"',
        'commit_author = "bot <bot@example.org>"',
        "no_git_verify = true",
        "branches.odd = { match = '(?<=x)y', prerelease = true }",
        "branches.odd = { match = 'next', prerelease = true, prerelease_token = 'nightly' }",
        "something_new = 1",
    ],
)
def test_what_has_no_counterpart_is_named_with_its_line(table: str) -> None:
    found = tool(pyproject__toml=manifest(f"[tool.semantic_release]\n{table}\n"))

    (place,) = gaps(found).values()
    assert ("pyproject.toml:5", {}) == (place, found.settings)


def test_files_that_repeat_the_version_are_named_with_the_text_around_it() -> None:
    table = """
    [tool.semantic_release]
    version_variables = ["src/demo/__init__.py:__version__", "docs/conf.py:release", "VERSION:*"]
    """

    found = tool(
        pyproject__toml=manifest(table),
        docs_in_conf__py='project = "demo"\nrelease = "1.2.3"\n',
        VERSION="1.2.3\n",
        **{"src/demo/__init__.py": '__version__ = "1.2.3"\n'},
    )

    assert {
        "version_files": ["src/demo/__init__.py", "VERSION"],
        "files": [{"path": "docs/conf.py", "pattern": 'release = "{version}"'}],
    } == found.settings["version"]


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("release", 'release = "0.9"\n'),
        ("__version__", "from demo import api\n"),  # the tool passes over it, a release does not
        ("__version__", '__version__ = version("demo")\n'),
        ("*", "demo of today\n"),
    ],
)
def test_a_file_that_does_not_say_the_version_is_told(variable: str, text: str) -> None:
    table = f'[tool.semantic_release]\nversion_variables = [\n  "docs/conf.py:{variable}",\n]\n'

    found = tool(pyproject__toml=manifest(table), docs_in_conf__py=text)

    assert ({"version_variables[1]": "pyproject.toml:6"}, {}) == (gaps(found), found.settings)


def test_a_space_may_stand_between_name_and_version() -> None:
    table = '[tool.semantic_release]\nversion_variables = ["docs/use.md:demo@COMMIT  #:tf"]\n'

    found = tool(pyproject__toml=manifest(table), docs_in_use__md="uses: demo@COMMIT  # v1.2.3\n")

    assert {
        "files": [{"path": "docs/use.md", "pattern": "uses: demo@COMMIT  # v{version}"}]
    } == found.settings["version"]


@pytest.mark.parametrize(
    ("table", "foreign"),
    [
        ("allow_zero_version = true", ["allow_zero_version"]),
        ("major_on_zero = true", ["major_on_zero"]),
        ("major_on_zero = false", []),
        ("allow_zero_version = false", ["allow_zero_version"]),
    ],
)
def test_the_way_to_1_0_is_told_before_it(table: str, foreign: list[str]) -> None:
    found = tool(pyproject__toml=manifest(f"[tool.semantic_release]\n{table}\n", "0.4.0"))

    assert foreign == [*gaps(found)]


def test_its_own_files_are_read() -> None:
    toml = tool(releaserc__toml='[semantic_release]\ntag_format = "{version}"\n')
    json = tool(releaserc__json='{"semantic_release": {\n "tag_format": "{version}"}}')
    ini = tool(setup__cfg="[semantic_release]\nupload_to_pypi = false\n")

    assert ("releaserc.toml:1", "releaserc.json:1", "setup.cfg:1") == (
        toml.places[0],
        json.places[0],
        ini.places[0],
    )
    assert ["releaserc.json:2"] == [setting.place for setting in json.translated]
    assert {"publish": {"enabled": False}} == ini.settings


@pytest.mark.parametrize("key", ["upload_to_pypi", "upload_to_repository"])
def test_who_has_another_step_upload_wants_uploads(key: str) -> None:
    found = tools(
        pyproject__toml=manifest(f"[tool.semantic_release]\n{key} = false\n"),
        **{
            ".github/workflows/ci.yml": "on: push\njobs: {release: {steps: ["
            "{uses: pypa/gh-action-pypi-publish@release/v1}]}}\n"
        },
    )

    assert [("python-semantic-release", {}), ("gh-action-pypi-publish", {})] == [
        (one.tool, one.settings) for one in found
    ]


def test_a_broken_file_is_told_with_its_line() -> None:
    found = tool(releaserc__toml="[semantic_release]\ntag_format = \n")

    (broken,) = found.broken
    assert ("releaserc.toml:2", "it is no TOML: Invalid value") == (broken.place, broken.reason)


def test_a_project_without_it_has_nothing_to_adopt() -> None:
    assert () == tools()


@pytest.mark.parametrize(
    ("regex", "patterns"),
    [
        ("main", ("main",)),
        ("^(main|master)$", ("main", "master")),
        ("^(feat|fix)/.+", ("feat/*", "fix/*")),
        (".+", ("*",)),
        (r"release-\d+\.x", ("release-*.x",)),
        ("(?!main$)", None),
        ("a[bc]", None),
    ],
)
def test_regular_expressions_become_patterns_where_they_can(
    regex: str, patterns: tuple[str, ...] | None
) -> None:
    assert patterns == as_patterns(regex)


def test_a_pattern_for_every_branch_comes_behind_the_usual_ones() -> None:
    table = """
    [tool.semantic_release.branches]
    main.match = "main"
    dev = { match = ".+", prerelease = true, prerelease_token = "dev" }
    """

    found = tool(pyproject__toml=manifest(table))

    assert [("main", "main"), ("dev", "*")] == [
        (name, channel["match"]) for name, channel in found.settings["branches"].items()
    ]
