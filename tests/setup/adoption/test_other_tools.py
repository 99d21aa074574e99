"""What the other tools were told, in settings of releasio."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.setup.adoption.adopting import PROJECT, gaps, manifest, tool, tools

WORKFLOW = ".github/workflows/release.yml"


class TestBumpversion:
    def test_sections_of_its_ini_file_are_translated(self) -> None:
        found = tool(
            __bumpversion__cfg="""\
            [bumpversion]
            current_version = 1.2.3
            tag = True
            tag_name = {new_version}
            allow_dirty = True

            [bumpversion:file:pyproject.toml]
            search = version = "{current_version}"
            replace = version = "{new_version}"

            [bumpversion:file(link):README.md]
            search = /v{current_version}.svg
            replace = /v{new_version}.svg

            [bumpversion:file:VERSION.rst]
            """,
            README__md="![](https://example.org/v1.2.3.svg)\n",
            VERSION__rst=":Version: 1.2.3\n",
        )

        assert ("bumpversion", (".bumpversion.cfg:1",)) == (found.tool, found.places)
        assert {
            "allow_dirty": True,
            "version": {
                "tag_prefix": "",
                "files": [
                    {"path": "README.md", "pattern": "/v{version}.svg"},
                    {"path": "VERSION.rst", "pattern": ":Version: {version}"},
                ],
            },
        } == found.settings
        assert {"": ".bumpversion.cfg:1"} == gaps(found)

    def test_its_toml_table_is_translated(self) -> None:
        found = tool(
            pyproject__toml=manifest(
                """
                [tool.bumpversion]
                current_version = "1.2.3"
                setup_hooks = ["make clean"]
                pre_commit_hooks = ["make docs"]

                [[tool.bumpversion.files]]
                filename = "src/demo/__init__.py"
                search = '__version__ = "{current_version}"'
                """
            ),
            **{"src/demo/__init__.py": '__version__ = "1.2.3"\n'},
        )

        assert "bump-my-version" == found.tool
        assert {
            "hooks": {"pre_bump": ["make clean"], "post_bump": ["make docs"]},
            "version": {
                "files": [{"path": "src/demo/__init__.py", "pattern": '__version__ = "{version}"'}]
            },
        } == found.settings

    @pytest.mark.parametrize(
        ("line", "foreign"),
        [
            ('tag_name = "{now:%Y}-{new_version}"', "tag_name"),
            ("sign_tags = true", "sign_tags"),
            ('message = "Version {new_version}"', "message"),
            ('commit_args = "--no-verify"', "commit_args"),
            ('serialize = ["{now:%Y.%m}"]', "serialize"),
            ('serialize = ["{release}"]', "serialize"),
            ('post_commit_hooks = ["echo $BVHOOK_NEW_VERSION"]', "post_commit_hooks"),
            ('files = [{ glob = "*.md" }]', "files[1]"),
            ('files = [{ filename = "README.md", regex = true, search = ".*" }]', "files[1]"),
            ('files = [{ filename = "README.md" }]', "files[1]"),
        ],
    )
    def test_what_has_no_counterpart_is_named(self, line: str, foreign: str) -> None:
        found = tool(
            __bumpversion__toml=f'[tool.bumpversion]\ncurrent_version = "1.2.3"\n{line}\n',
        )

        assert {"": ".bumpversion.toml:1", foreign: ".bumpversion.toml:3"} == gaps(found)

    def test_a_broken_file_is_told_with_its_line(self) -> None:
        found = tool(__bumpversion__cfg="current_version = 1.2.3\n[bumpversion]\n")

        assert [".bumpversion.cfg:1"] == [broken.place for broken in found.broken]


class TestTbump:
    def test_its_file_is_translated(self) -> None:
        found = tool(
            tbump__toml="""\
            [version]
            current = "1.2.3"
            regex = "..."

            [git]
            message_template = "Bump to {new_version}"
            tag_template = "release-{new_version}"

            [[file]]
            src = "pyproject.toml"
            search = 'version = "{current_version}"'

            [[file]]
            src = "docs/conf.py"

            [[before_commit]]
            name = "docs"
            cmd = "make docs VERSION={new_version} OLD={current_version}"

            [[after_push]]
            name = "news"
            cmd = "make news"
            """,
            **{"docs/conf.py": 'release = "1.2.3"\n'},
        )

        assert {
            "hooks": {
                "post_bump": ["make docs VERSION={version} OLD={prev_version}"],
                "post_release": ["make news"],
            },
            "version": {
                "tag_prefix": "release-",
                "files": [{"path": "docs/conf.py", "pattern": 'release = "{version}"'}],
            },
        } == found.settings

    def test_its_table_in_the_manifest_is_read(self) -> None:
        found = tool(
            pyproject__toml=manifest(
                """
                [tool.tbump.version]
                current = "1.2.3"
                [tool.tbump.git]
                tag_template = "{new_version}"
                message_template = "v{new_version}"
                sign = true
                [[tool.tbump.file]]
                src = "a.h"
                version_template = "{major}"
                """
            )
        )

        assert {"version": {"tag_prefix": ""}} == found.settings
        assert ["", "git.message_template", "git.sign", "file[1].version_template"] == [
            *gaps(found)
        ]


class TestFragments:
    @pytest.mark.parametrize(
        ("name", "text", "collector"),
        [
            ("towncrier.toml", "[tool.towncrier]\n", "towncrier"),
            ("pyproject.toml", PROJECT + "[tool.towncrier]\n", "towncrier"),
            ("pyproject.toml", PROJECT + '[tool.scriv]\nformat = "md"\n', "scriv"),
            ("setup.cfg", "[tool:scriv]\nformat = md\n", "scriv"),
            ("changelog.d/scriv.ini", "[scriv]\nformat = md\n", "scriv"),
        ],
    )
    def test_who_collects_them_is_named(self, name: str, text: str, collector: str) -> None:
        found = tool(**{"./" + name if "/" not in name else name: text})

        assert ({"changelog": {"fragments": collector}}, collector) == (found.settings, found.tool)

    @pytest.mark.parametrize(
        ("table", "expected"),
        [
            ('[tool.towncrier]\nfilename = "docs/log/changes.rst"\n', "docs/log/changes.rst"),
            ('[tool.scriv]\nchangelog = "docs/log/changes.md"\n', "docs/log/changes.md"),
            ('[tool.scriv]\nchangelog = "CHANGELOG.${config:format}"\n', None),
            ('[tool.towncrier]\nfilename = "{name}/NEWS.rst"\n', None),
        ],
    )
    def test_the_file_they_write_is_the_changelog(self, table: str, expected: str | None) -> None:
        found = tool(pyproject__toml=manifest(table))

        assert expected == found.settings["changelog"].get("path")


class TestReleasePlease:
    def test_its_config_is_translated(self) -> None:
        found = tool(
            **{
                "./release-please-config.json": """\
                {
                  "packages": {".": {"changelog-path": "HISTORY.md", "draft": true}},
                  "include-v-in-tag": false,
                  "bump-patch-for-minor-pre-major": true,
                  "exclude-paths": ["website"],
                  "extra-files": ["src/demo/version.py", "uv.lock"],
                  "changelog-sections": [
                    {"type": "feat", "section": "Features"},
                    {"type": "fix", "section": "Fixes"},
                    {"type": "chore", "section": "Chores"},
                    {"type": "ci", "section": "CI", "hidden": true}
                  ]
                }
                """,
                "src/demo/version.py": '__version__ = "1.2.3"  # x-release-please-version\n',
            }
        )

        assert {
            "mode": "pull-request",
            "version": {
                "tag_prefix": "",
                "zero": "lower",
                "files": [
                    {
                        "path": "src/demo/version.py",
                        "pattern": '__version__ = "{version}"  # x-release-please-version',
                    }
                ],
            },
            "commits": {"types_patch": ["fix", "chore"]},
            "changelog": {
                "path": "HISTORY.md",
                "section_headers": {"feat": "Features", "fix": "Fixes", "chore": "Chores"},
            },
            "changes": {"ignore": ["/website/"]},
            "github": {"draft_releases": True},
        } == found.settings
        assert {} == gaps(found)

    def test_the_inputs_of_its_action_are_translated(self) -> None:
        found = tool(
            **{
                WORKFLOW: """\
                on: push
                jobs:
                  release:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: googleapis/release-please-action@v4
                        with:
                          release-type: python
                          include-component-in-tag: true
                """
            }
        )

        assert (f"{WORKFLOW}:6",) == found.places
        assert {
            "mode": "pull-request",
            "version": {"tag_prefix": "{name}-v"},
            "commits": {"types_patch": ["fix", "perf", "deps", "docs"]},
        } == found.settings

    @pytest.mark.parametrize(
        ("line", "foreign"),
        [
            ('"packages": {"a": {}, "b": {}}', "packages"),
            ('"plugins": ["sentence-case"]', "plugins"),
            ('"versioning": "service-pack"', "versioning"),
            ('"release-type": "node"', "release-type"),
            ('"pull-request-header": "Hello"', "pull-request-header"),
            ('"release-as": "2.0.0"', "release-as"),
        ],
    )
    def test_what_has_no_counterpart_is_named(self, line: str, foreign: str) -> None:
        found = tool(**{"./release-please-config.json": f"{{\n{line}\n}}"})

        assert {foreign: "release-please-config.json:2"} == gaps(found)

    def test_the_way_to_1_0_is_told_before_it(self) -> None:
        text = "{}"
        found = tool(
            **{"./release-please-config.json": text}, pyproject__toml=manifest("", "0.3.0")
        )

        assert {"bump-minor-pre-major": "release-please-config.json:1"} == gaps(found)


class TestReleaseDrafter:
    def test_its_names_are_translated(self) -> None:
        found = tool(
            **{
                ".github/release-drafter.yml": """\
                name-template: "Demo $RESOLVED_VERSION"
                tag-template: "demo-$RESOLVED_VERSION"
                version-resolver:
                  major:
                    labels: [breaking]
                template: |
                  $CHANGES
                """
            }
        )

        assert {
            "changelog": {"use_github_prs": True},
            "version": {"tag_prefix": "demo-"},
            "github": {"release_name_format": "Demo {version}"},
        } == found.settings
        assert {
            "": ".github/release-drafter.yml:1",
            "version-resolver": ".github/release-drafter.yml:3",
            "template": ".github/release-drafter.yml:6",
        } == gaps(found)

    def test_a_broken_file_is_told_with_its_line(self) -> None:
        found = tool(**{".github/release-drafter.yml": "template: |\n\tx\n"})

        assert [".github/release-drafter.yml:2"] == [broken.place for broken in found.broken]


def job(*steps: str) -> str:
    """Return a workflow with a job of *steps*."""
    lines = "".join(f"      - {step}\n" for step in steps)
    return f"on: push\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n{lines}"


class TestPublishingJobs:
    @pytest.mark.parametrize(
        ("step", "tool_name"),
        [
            ("uses: pypa/gh-action-pypi-publish@release/v1", "gh-action-pypi-publish"),
            ("run: twine upload dist/*", "twine"),
            ("run: uv publish", "uv"),
        ],
    )
    def test_who_uploads_is_named(self, step: str, tool_name: str) -> None:
        found = tool(**{WORKFLOW: job(step)})

        assert (tool_name, (f"{WORKFLOW}:6",)) == (found.tool, found.places)

    def test_an_index_of_its_own_is_translated(self) -> None:
        step = (
            "{uses: pypa/gh-action-pypi-publish@v1, "
            "with: {repository-url: 'https://test.pypi.org/legacy/', attestations: false}}"
        )

        assert {"publish": {"registry": "testpypi", "attestations": False}} == tool(
            **{WORKFLOW: job(step)}
        ).settings

    def test_a_token_is_told(self) -> None:
        step = (
            "{uses: pypa/gh-action-pypi-publish@v1, with: {password: '${{ secrets.PYPI_TOKEN }}'}}"
        )
        reasons = [gap.reason for gap in tool(**{WORKFLOW: job(step)}).untranslated]

        assert "it uploads with a token, PYPI_TOKEN" == reasons[1]

    def test_what_several_jobs_do_is_told_once(self) -> None:
        step = "{uses: pypa/gh-action-pypi-publish@v1, with: {skip-existing: true}}"
        found = tool(**{WORKFLOW: job(step), ".github/workflows/other.yml": job(step)})

        assert [
            "releasio uploads itself, and remembers what it has sent",
            "files that are there already are compared by their hashes, not passed over",
        ] == [gap.reason for gap in found.untranslated]

    def test_workflows_that_cannot_be_read_are_left_to_doctor(self) -> None:
        assert () == tools(**{WORKFLOW: "on: [push\njobs: {release-please-action\n"})


class TestReleasio2:
    def test_settings_without_a_generation_are_of_2x(self) -> None:
        found = tool(pyproject__toml=manifest("[tool.releasio]\nallow_dirty = true\n"))

        assert ("releasio 2.x", ("pyproject.toml:4",), {}) == (
            found.tool,
            found.places,
            found.settings,
        )

    def test_settings_of_today_are_no_other_tool(self) -> None:
        assert () == tools(**{"./.releasio.toml": "config_version = 3\n"})

    def test_a_workflow_with_its_action_is_found(self) -> None:
        found = tool(**{WORKFLOW: job("uses: somebody/releasio@v2")})

        assert ("releasio 2.x", (f"{WORKFLOW}:6",)) == (found.tool, found.places)


def test_tools_that_decide_about_versions_come_first() -> None:
    found = tools(
        pyproject__toml=manifest("[tool.commitizen]\n[tool.towncrier]\n"),
        **{WORKFLOW: job("run: uv publish")},
    )

    assert ["commitizen", "towncrier", "uv"] == [one.tool for one in found]


def test_files_that_are_no_text_say_nothing() -> None:
    assert () == tools(**{"./tbump.toml": dedent("\udcff")})
