from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.config.tables.model import (
    BranchConfig,
    ChangelogConfig,
    CommitParser,
    CommitsConfig,
    Config,
    PackageConfig,
    PackagesConfig,
    PublishConfig,
    RegistryConfig,
    Route,
    VersionConfig,
    VersionFile,
)
from releasio.errors.base import USAGE
from releasio.errors.config import ConfigProblems
from tests.config.places import complaints, write

if TYPE_CHECKING:
    from pathlib import Path

PHASES = '"a", "alpha", "b", "beta", "rc" or "dev"'
OPEN = "missing ), unterminated subpattern at position 0"
QUOTE = (
    "Put a backslash before characters that are meant literally, and the pattern between single "
    "quotes."
)
ELSEWHERE = (
    "Take it out of the address, and give the secret as RELEASIO_TOKEN, through the keyring or "
    "~/.pypirc."
)


class TestValues:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", Config()),
            ("allow_dirty = true", Config(allow_dirty=True)),
            ("[publish]\ntimeout = 5", Config(publish=PublishConfig(timeout=5.0))),
            (
                '[publish]\ntrusted_publishing = "required"',
                Config(publish=PublishConfig(trusted_publishing="required")),
            ),
            (
                "[publish]\ntrusted_publishing = false",
                Config(publish=PublishConfig(trusted_publishing=False)),
            ),
            (
                'publish.routes = [{ registry = "testpypi", tag = "v*-dev-*" }]',
                Config(publish=PublishConfig(routes=(Route(registry="testpypi", tag="v*-dev-*"),))),
            ),
            (
                'commits.types_minor = ["feat", "add"]',
                Config(commits=CommitsConfig(types_minor=("feat", "add"))),
            ),
            (
                '[[commits.commit_parsers]]\npattern = "^x"\ntype = "fix"\ngroup = "Fixes"',
                Config(
                    commits=CommitsConfig(
                        commit_parsers=(CommitParser(pattern="^x", type="fix", group="Fixes"),)
                    )
                ),
            ),
            (
                'version.files = ["a.py", { path = "b", patterns = ["v{version}"] }]',
                Config(
                    version=VersionConfig(
                        files=(
                            VersionFile(path="a.py"),
                            VersionFile(path="b", patterns=("v{version}",)),
                        )
                    )
                ),
            ),
            (
                '[registries.corp]\nurl = "https://up.example/"\nindex = "https://up.example/simple/"',
                Config(
                    registries={
                        "corp": RegistryConfig(
                            url="https://up.example/", index="https://up.example/simple/"
                        )
                    }
                ),
            ),
            (
                '[branches.next]\nmatch = "next"\nprerelease = true\nprerelease_token = "dev"',
                Config(
                    branches={
                        "next": BranchConfig(match="next", prerelease=True, prerelease_token="dev")
                    }
                ),
            ),
            (
                '[packages]\npaths = ["packages/*"]\n[packages.core]\npath = "core"',
                Config(
                    packages=PackagesConfig(
                        paths=("packages/*",), named={"core": PackageConfig(path="core")}
                    )
                ),
            ),
        ],
    )
    def test_become_what_the_classes_say(self, tmp_path: Path, text: str, expected: Config) -> None:
        write(tmp_path, {".releasio.toml": text})

        assert expected == load(tmp_path, {}).config

    def test_headings_that_are_not_named_keep_theirs(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": '[changelog.section_headers]\nfeat = "Added"'})

        headings = load(tmp_path, {}).config.changelog.section_headers

        assert {**ChangelogConfig().section_headers, "feat": "Added"} == headings


class TestLayers:
    def test_options_beat_variables_beat_the_file(self, tmp_path: Path) -> None:
        text = 'default_branch = "file"\n[publish]\nregistry = "file"\ntimeout = 7\nparallel = 2\n'
        write(tmp_path, {".releasio.toml": text})
        env = {"RELEASIO_PUBLISH_REGISTRY": "variable", "RELEASIO_PUBLISH_TIMEOUT": "8"}

        settings = load(tmp_path, env, {"publish.registry": "option", "allow_dirty": None})

        assert PublishConfig(registry="option", timeout=8.0, parallel=2) == settings.config.publish
        assert "--registry" == settings.origins["publish.registry"]
        assert "RELEASIO_PUBLISH_TIMEOUT" == settings.origins["publish.timeout"]
        assert ".releasio.toml:5" == settings.origins["publish.parallel"]
        assert "default" == settings.origins["allow_dirty"]
        assert {
            "default_branch",
            "publish.registry",
            "publish.timeout",
            "publish.parallel",
        } == set(settings.origins)

    def test_tables_of_the_user_have_origins_by_name(self, tmp_path: Path) -> None:
        text = '[tool.releasio.registries."my corp"]\nurl = "https://up.example/"\n'
        write(tmp_path, {"pyproject.toml": text})

        assert "pyproject.toml:2" == load(tmp_path, {}).origins['registries."my corp".url']

    def test_mistakes_of_all_sources_come_together(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": 'mode = 1\nmdoe = "direct"\n'})

        found = complaints(
            tmp_path, {"RELEASIO_ALLOW_DIRTY": "maybe"}, {"publish.timeout": "x", "no.such": 1}
        )

        assert [
            '.releasio.toml:1: `mode` must be "direct" or "pull-request", not 1',
            ".releasio.toml:2: `mdoe` is not a setting",
            'RELEASIO_ALLOW_DIRTY: `allow_dirty` must be true or false, not "maybe"',
            '--timeout: `publish.timeout` must be a number, not "x"',
            "--such: `no` is not a setting",
        ] == [message for message, _ in found]


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "message", "hint"),
        [
            (
                'publish.regsitry = "pypi"',
                "`publish.regsitry` is not a setting",
                "Did you mean `publish.registry`?",
            ),
            (
                'registry = "pypi"',
                "`registry` is not a setting",
                "Did you mean `publish.registry`?",
            ),
            ("[publsh]\ntimeout = 1", "`publsh` is not a setting", "Did you mean `publish`?"),
            ("qqqq = 1", "`qqqq` is not a setting", "Delete it."),
            ('"a b".c = 1', '`"a b"` is not a setting', "Delete it."),
            (
                "[packages]\npath = 1",
                "`packages.path` is not a setting",
                "Did you mean `packages.paths`?",
            ),
            (
                '[[commits.commit_parsers]]\npattern = "x"\ntyp = "y"',
                "`commits.commit_parsers[0].typ` is not a setting",
                "Did you mean `commits.commit_parsers[0].type`?",
            ),
            (
                'allow_dirty = "true"',
                '`allow_dirty` must be true or false, not "true"',
                "Write true without quotes.",
            ),
            ("allow_dirty = 1", "`allow_dirty` must be true or false, not 1", ""),
            (
                'publish.timeout = "60"',
                '`publish.timeout` must be a number, not "60"',
                "Write 60 without quotes.",
            ),
            ("publish.timeout = nan", "`publish.timeout` must be a number, not nan", ""),
            ("publish.timeout = true", "`publish.timeout` must be a number, not true", ""),
            ("publish.timeout = 0", "`publish.timeout` must be more than 0, not 0", ""),
            (
                "publish.timeout = 1e10",
                "`publish.timeout` must be at most 604800, a week in seconds, not 10000000000.0",
                "",
            ),
            (
                "publish.verify_timeout = 604801",
                "`publish.verify_timeout` must be at most 604800, a week in seconds, not 604801",
                "",
            ),
            (
                "publish.verify_timeout = -1",
                "`publish.verify_timeout` must be 0 or more, not -1",
                "",
            ),
            ('default_branch = ""', '`default_branch` must be the name of a branch, not ""', ""),
            (
                'version.initial_version = "one"',
                '`version.initial_version` must be a public version, not "one"',
                "",
            ),
            (
                'version.initial_version = "1.0+local"',
                '`version.initial_version` must be a public version, not "1.0+local"',
                "",
            ),
            (
                'version.calver = "1.2.3"',
                '`version.calver` must be a pattern such as YYYY.MM.MICRO, not "1.2.3"',
                "",
            ),
            ("publish.parallel = 1.5", "`publish.parallel` must be a whole number, not 1.5", ""),
            ("config_version = true", "`config_version` must be 2 or 3, not true", ""),
            ("default_branch = 1", "`default_branch` must be a string, not 1", ""),
            (
                "default_branch = 2026-01-02",
                "`default_branch` must be a string, not the date 2026-01-02",
                "",
            ),
            (
                'commits.types_minor = "feat"',
                '`commits.types_minor` must be a list of strings, not "feat"',
                'Write ["feat"].',
            ),
            (
                'commits.types_minor = ["feat", 3]',
                "`commits.types_minor[1]` must be a string, not 3",
                "",
            ),
            ("publish = []", "`publish` must be a table, not an empty list", ""),
            (
                'publish.token_command = "op read x"',
                '`publish.token_command` must be a list of strings, not "op read x"',
                'Write ["op read x"].',
            ),
            (
                'publish.token_command = [""]',
                '`publish.token_command[0]` must be a word, not ""',
                "",
            ),
            (
                'publish.token_command = ["echo", "pypi-AgEIcHlwaS5vcmcCJDI"]',
                "`publish.token_command[1]` contains a token",
                "Take it out, and give it as RELEASIO_TOKEN, through the keyring or ~/.pypirc.",
            ),
            (
                '[registries.corp]\nurl = "https://up.example/"\nusername = "a:b"',
                '`registries.corp.username` must be a user name, without a colon, not "a:b"',
                "",
            ),
            (
                '[registries.up]\nurl = "https://up.example/"\naudience = "pypi"',
                '`registries.up.audience` must be an audience that only this index has, not "pypi"',
                "",
            ),
            (
                "registries = 1",
                "`registries` must be a table of tables, not 1",
                "",
            ),
            (
                "changelog.section_headers.feat = [1]",
                "`changelog.section_headers.feat` must be a string, not a list",
                "",
            ),
            (
                'branches.x = { match = "x", prerelease_token = "bta" }',
                f'`branches.x.prerelease_token` must be {PHASES}, not "bta"',
                'Did you mean "beta"?',
            ),
            (
                'publish.trusted_publishing = "require"',
                '`publish.trusted_publishing` must be true or false or "required", not "require"',
                'Did you mean "required"?',
            ),
            (
                "commits.scope_regex = '('",
                f'`commits.scope_regex` is "(", which is not a regular expression: {OPEN}',
                QUOTE,
            ),
            (
                "registries.corp = { index = 'https://up.example/' }",
                "`registries.corp.url` is missing",
                "The address files are uploaded to.",
            ),
            (
                "version.tag_prefix = 'v '",
                '`version.tag_prefix` is "v ", and git allows no tag like that',
                "Use letters, digits, - _ . and /, and begin with a letter or a digit.",
            ),
            (
                "changelog.path = '../LOG.md'",
                '`changelog.path` is "../LOG.md", which is no path to a file inside the project',
                "Write it relative to the project's directory, without `..`.",
            ),
            (
                "publish.registry = 'https://ada:hunter2@up.example/'",
                "`publish.registry` is an address with a user name, a password or a query in it",
                ELSEWHERE,
            ),
        ],
    )
    def test_say_what_is_wrong_and_what_to_do(
        self, tmp_path: Path, text: str, message: str, hint: str
    ) -> None:
        write(tmp_path, {".releasio.toml": f"\n{text}\n"})

        [(found, remedy)] = complaints(tmp_path)

        assert message == found.partition(": ")[2]
        assert hint == remedy

    @pytest.mark.parametrize(
        "prefix",
        ["-", "a:b", "..", "~", "v*", "x@{", "/v", ".v", "a\\tb", "v{version}.lock", "{version}/"],
    )
    def test_name_tag_prefixes_that_git_would_refuse(self, tmp_path: Path, prefix: str) -> None:
        write(tmp_path, {".releasio.toml": f'version.tag_prefix = "{prefix}"\n'})

        [(found, _)] = complaints(tmp_path)

        assert "git allows no tag like that" in found

    @pytest.mark.parametrize(
        "prefix", ["", "v", "release/", "demo-v", "ü-", "a@b/v", "{name}-v{version}"]
    )
    def test_let_other_tag_prefixes_pass(self, tmp_path: Path, prefix: str) -> None:
        write(tmp_path, {".releasio.toml": f'version.tag_prefix = "{prefix}"\n'})

        assert prefix == load(tmp_path, {}).config.version.tag_prefix

    @pytest.mark.parametrize("key", ["changelog.path", "version.version_files", "version.files"])
    @pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", ".git/config", "C:/x", ""])
    def test_name_paths_that_lead_out_of_the_project(
        self, tmp_path: Path, key: str, path: str
    ) -> None:
        value = f"'{path}'" if key == "changelog.path" else f"['{path}']"
        write(tmp_path, {".releasio.toml": f"{key} = {value}\n"})

        [(found, _)] = complaints(tmp_path)

        assert "is no path to a file inside the project" in found

    def test_come_in_the_order_of_the_lines_and_with_their_number(self, tmp_path: Path) -> None:
        text = "[publish]\nparallel = 0\nx = 1\n\n[[commits.commit_parsers]]\npattern = ')'\n"
        write(tmp_path, {".releasio.toml": text})

        with pytest.raises(ConfigProblems) as caught:
            load(tmp_path, {})

        assert "the settings contain 3 mistakes" == str(caught.value)
        assert USAGE == caught.value.exit_code == caught.value.worst
        assert [(".releasio.toml", 2), (".releasio.toml", 3), (".releasio.toml", 6)] == [
            (one.path, one.line) for one in caught.value.problems
        ]

    def test_one_alone_is_counted_as_one(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": "mode = 1"})

        with pytest.raises(ConfigProblems, match=r"the settings contain 1 mistake$"):
            load(tmp_path, {})

    def test_a_long_value_is_cut(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": f"mode = '{'x' * 500}'"})

        [(message, _)] = complaints(tmp_path)

        assert message.endswith(f'not "{"x" * 59}…')

    def test_control_characters_do_not_reach_the_terminal(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": 'mode = "\\u001b[31m\\u009b"\n"\\u001b[0m" = 1\n'})

        messages = "".join(message + hint for message, hint in complaints(tmp_path))

        assert messages.isprintable()

    @pytest.mark.parametrize(
        "text",
        [
            "publish.trusted_publishing = '{}'",
            "publish.token = '{}'",
            "publish.timeout = 'https://__token__:{}@up.example/'",
            "publish.registry = 'https://__token__:{}@up.example/'",
            "publish.registry = 'https://up.example/?token={}'",
            "registries.corp = { url = 'https://__token__:{}@up.example/' }",
            "github.api_url = 'https://{}@api.example'",
            "mode = ['{}']",
        ],
    )
    def test_secrets_are_not_echoed(self, tmp_path: Path, text: str) -> None:
        secret = "pypi-AgEIcHlwaS5vcmcCJDU"
        write(tmp_path, {".releasio.toml": text.replace("{}", secret)})

        found = complaints(tmp_path)

        assert found
        assert secret not in "".join(message + hint for message, hint in found)


class TestNotices:
    def test_a_dead_key_says_so_once(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": "[publish]\ntool = 'poetry'\n"})

        [notice] = load(tmp_path, {}).notices

        assert (
            "`publish.tool` (.releasio.toml:2) has no effect: releasio builds through the "
            "project's own build backend and uploads by itself, whatever the project is managed "
            "with"
        ) == notice

    def test_keys_without_effect_for_one_reason_are_named_together(self, tmp_path: Path) -> None:
        text = "[security]\nenabled = true\nauto_create_advisory = false\n"
        write(tmp_path, {".releasio.toml": text})

        [notice] = load(tmp_path, {}).notices

        assert (
            "`security.enabled`, `security.auto_create_advisory` (.releasio.toml) have no effect: "
            "releasio opens no advisories; nothing replaces it, so it can be deleted"
        ) == notice

    def test_a_default_written_down_is_not_worth_a_word(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": "[github]\ndraft_releases = false\n"})

        assert () == load(tmp_path, {}).notices

    def test_a_table_without_effect_yet_says_so_once(self, tmp_path: Path) -> None:
        text = "[packages.core]\npath = 'core'\n[packages.cli]\npath = 'cli'\n"
        write(tmp_path, {".releasio.toml": text})

        [notice] = load(tmp_path, {}).notices

        assert (
            "`packages.core`, `packages.cli` (.releasio.toml) have no effect yet: releasing "
            "several packages of one repository comes in a later version"
        ) == notice
