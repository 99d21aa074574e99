"""What the action hands to releasio, and that no input can do anything else."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.action.runner import ROOT, Runner

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMANDS = [
    *("check", "update", "release", "do-release", "release-pr", "check-pr", "init"),
    *("doctor", "build", "publish", "verify", "status"),
]
INPUTS_OF_2_X = {
    "command": None,
    "github-token": "${{ github.token }}",
    "pypi-token": "",
    "working-directory": ".",
    "python-version": "3.11",
    "releasio-version": "",
    "dry-run": "false",
    "execute": "false",
    "skip-publish": "false",
    "require-scope": "false",
    "prerelease": "",
    "version-override": "",
}
INPUTS = INPUTS_OF_2_X | {
    "version": "",
    "dev": "false",
    "registry": "",
    "attestations": "",
    "mode": "",
    "package": "",
    "stage": "all",
    "commit": "",
    "tag": "",
    "dist": "",
    "verbose": "false",
}
OUTPUTS_OF_2_X = {"version", "pr-number", "pr-url", "release-url", "tag", "valid"}
OUTPUTS = OUTPUTS_OF_2_X | {"released", "commit", "json"}
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a\ntouch pwned\n",
    "&& touch pwned",
    "| touch pwned",
    "${{ github.token }}",
    "$RELEASIO_TOKEN",
    "*",
    "--execute",
    "-x",
    "\\",
]


@pytest.fixture(scope="module")
def definition() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "action/action.yml").read_text(encoding="utf-8"))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """
    A runner on which a program that records how it was called stands for releasio.

    It is a process at the end of a real bash: the arguments it sees went through everything
    that the action's script does with them.
    """
    (tmp_path / "workspace").mkdir()
    (tmp_path / "temp").mkdir()
    recorder = tmp_path / "recorder.py"
    recorder.write_text(
        "import json, os, subprocess, sys\n"
        "asked = 'protocol=https\\nhost=github.com\\n\\n'\n"
        "git = subprocess.run(['git', 'credential', 'fill'], input=asked, text=True,\n"
        "    capture_output=True, env={**os.environ, 'GIT_TERMINAL_PROMPT': '0'})\n"
        "names = ('RELEASIO_TOKEN', 'GITHUB_TOKEN', 'GIT_COMMITTER_EMAIL', 'RELEASIO_MODE',\n"
        "    'RELEASIO_PUBLISH_ATTESTATIONS')\n"
        "seen = {'arguments': sys.argv[1:], 'git': git.stdout,\n"
        "    'env': {name: os.environ.get(name) for name in names}}\n"
        "with open(os.environ['SEEN'], 'w', encoding='utf-8') as file:\n"
        "    json.dump(seen, file)\n"
        "with open(os.environ['GITHUB_OUTPUT'], 'a', encoding='utf-8') as file:\n"
        "    file.write('version=1.2.0\\ntag=v1.2.0\\n')\n",
        encoding="utf-8",
    )
    program = tmp_path / "program"
    script = f'#!/bin/sh\nshift 3\nexec "{sys.executable}" "{recorder}" "$@"\n'  # -I -m releasio
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return Runner(
        tmp_path / "workspace",
        tmp_path / "temp",
        env={"SEEN": str(tmp_path / "seen.json")},
        done={"install": {"python": program.as_posix()}},
    )


def seen(runner: Runner) -> dict[str, Any]:
    return json.loads((runner.workspace.parent / "seen.json").read_text(encoding="utf-8"))


def arguments(runner: Runner, inputs: Mapping[str, str]) -> list[str]:
    result = runner.run(inputs)
    assert not result.code, result.log
    *called, end, project = seen(runner)["arguments"]
    assert end == "--"
    assert project == f"{runner.workspace}/."
    return called


def untouched(runner: Runner) -> bool:
    return not list(runner.workspace.iterdir())


class TestDefinition:
    def test_has_the_inputs_of_2_x_with_their_defaults_and_more(
        self, definition: dict[str, Any]
    ) -> None:
        assert {
            name: entry.get("default") for name, entry in definition["inputs"].items()
        } == INPUTS

    def test_has_the_outputs_of_2_x_and_more(self, definition: dict[str, Any]) -> None:
        expected = OUTPUTS

        assert expected == set(definition["outputs"])

    def test_pastes_nothing_into_a_script(self, definition: dict[str, Any]) -> None:
        scripts = [step["run"] for step in definition["runs"]["steps"] if "run" in step]

        assert scripts
        assert not [script for script in scripts if "${{" in script]

    def test_pins_what_it_uses_to_a_commit_and_names_the_version(self) -> None:
        text = (ROOT / "action/action.yml").read_text(encoding="utf-8")
        uses = re.findall(r"uses: (.*)", text)

        assert uses
        for reference in uses:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", reference)

    def test_the_copy_at_the_root_is_the_same(self) -> None:
        """
        Users of 2.x name the repository alone, for which GitHub reads the root's action.yml;
        it cannot refer to another file of its repository, and links break on Windows runners.
        """
        ours = (ROOT / "action/action.yml").read_bytes()

        assert ours == (ROOT / "action.yml").read_bytes(), "cp action/action.yml action.yml"


class TestWhetherItActs:
    @pytest.mark.parametrize(
        ("command", "dry_run", "execute", "expected"),
        [
            ("release", "false", "false", ["--execute"]),
            ("release", "false", "true", ["--execute"]),
            ("release", "true", "false", ["--dry-run"]),
            ("release", "true", "true", ["--dry-run"]),
            ("release-pr", "false", "false", ["--execute"]),
            ("release-pr", "true", "false", ["--dry-run"]),
            ("do-release", "false", "false", ["--dry-run"]),
            ("do-release", "false", "true", ["--execute"]),
            ("do-release", "true", "true", ["--dry-run"]),
            ("update", "false", "false", ["--dry-run"]),
            ("update", "false", "true", ["--execute"]),
            ("check", "false", "true", []),
            ("check-pr", "true", "true", []),
            ("init", "false", "false", ["--dry-run"]),
            ("init", "false", "true", ["--execute"]),
            ("do-release", "false", "", ["--dry-run"]),
            ("release", "", "", ["--execute"]),
            ("build", "false", "false", ["--execute"]),
            ("build", "true", "true", ["--dry-run"]),
            ("status", "true", "true", []),
            ("doctor", "true", "true", []),
        ],
    )
    def test_as_in_2_x(
        self, runner: Runner, command: str, dry_run: str, execute: str, expected: list[str]
    ) -> None:
        inputs = {"command": command, "dry-run": dry_run, "execute": execute}

        assert [command, *expected] == arguments(runner, inputs)

    def test_acts_on_the_smallest_call(self, runner: Runner) -> None:
        called = arguments(runner, {"command": "release"})

        assert called == ["release", "--execute"]


class TestOptions:
    @pytest.mark.parametrize(
        ("command", "name", "value", "expected"),
        [
            ("release", "skip-publish", "true", ["--skip-publish"]),
            ("do-release", "skip-publish", "true", ["--skip-publish"]),
            ("check", "skip-publish", "true", []),
            ("check-pr", "require-scope", "true", ["--require-scope"]),
            ("check", "require-scope", "true", []),
            ("update", "prerelease", "rc", ["--prerelease=rc"]),
            ("do-release", "version-override", "2.0.0", ["--version=2.0.0"]),
            ("check-pr", "version-override", "2.0.0", []),
            ("release", "version", "2.0.0", ["--version=2.0.0"]),
            ("release-pr", "version", "2.0.0", ["--version=2.0.0"]),
            ("release", "dev", "true", ["--dev"]),
            ("check", "dev", "true", ["--dev"]),
            ("status", "dev", "true", []),
            ("release", "registry", "testpypi", ["--registry=testpypi"]),
            ("check", "registry", "testpypi", ["--registry=testpypi"]),
            ("update", "registry", "testpypi", []),
            ("release", "package", "core", ["--package=core"]),
            ("release-pr", "package", "core", ["--package=core"]),
            ("build", "package", "core", []),
            *(
                (command, "verbose", "true", ["--verbose"])
                for command in ("check", "update", "release", "do-release", "release-pr", "build")
            ),
            *((command, "verbose", "true", []) for command in ("check-pr", "init", "status")),
        ],
    )
    def test_each_goes_to_the_commands_that_have_it(
        self, runner: Runner, command: str, name: str, value: str, expected: list[str]
    ) -> None:
        with_it = arguments(runner, {"command": command, name: value})
        without = arguments(runner, {"command": command})

        assert without + expected == with_it

    def test_all_of_them_in_one_call(self, runner: Runner) -> None:
        inputs = {"prerelease": "rc", "version": "2.0.0", "dev": "true", "registry": "testpypi"}
        inputs |= {"skip-publish": "true", "package": "core", "verbose": "true"}
        expected = ["--prerelease=rc", "--version=2.0.0", "--dev", "--registry=testpypi"]

        called = arguments(runner, {"command": "release", **inputs})

        assert ["release", "--execute", *expected, *called[-3:]] == called
        assert ["--skip-publish", "--package=core", "--verbose"] == called[-3:]

    @pytest.mark.parametrize(
        ("inputs", "expected"),
        [
            ({"command": "verify"}, ["verify", "--project={}", "--"]),
            ({"command": "verify", "version": "-1"}, ["verify", "--project={}", "--", "-1"]),
            (
                {"command": "verify", "registry": "testpypi", "verbose": "true"},
                ["verify", "--registry=testpypi", "--verbose", "--project={}", "--"],
            ),
            ({"command": "publish"}, ["publish", "--execute", "--project={}", "--"]),
            (
                {"command": "publish", "dry-run": "true", "dist": "wheel house"},
                ["publish", "--dry-run", "--project={}", "--", "{}/wheel house"],
            ),
        ],
    )
    def test_commands_whose_project_is_an_option(
        self, runner: Runner, inputs: dict[str, str], expected: list[str]
    ) -> None:
        result = runner.run(inputs)

        assert not result.code, result.log
        project = f"{runner.workspace}/."
        assert [word.format(project) for word in expected] == seen(runner)["arguments"]

    @pytest.mark.parametrize(
        ("stage", "expected"),
        [
            ("", ["--version=2.0.0"]),
            ("all", ["--version=2.0.0"]),
            ("prepare", ["--stage=prepare", "--version=2.0.0"]),
            ("build", ["--stage=build", "--commit=abc", "--tag=v2", "--dist={}/wheel house"]),
            ("publish", ["--stage=publish", "--commit=abc", "--tag=v2"]),
        ],
    )
    def test_each_stage_gets_its_own(self, runner: Runner, stage: str, expected: list[str]) -> None:
        inputs = {"stage": stage, "commit": "abc", "tag": "v2", "dist": "wheel house"} | {
            "version": "2.0.0"
        }
        called = arguments(runner, {"command": "release", **inputs})

        project = f"{runner.workspace}/."
        words = ["release", "--execute", *(word.format(project) for word in expected)]
        assert words == called

    def test_a_folder_may_be_anywhere(self, runner: Runner, tmp_path: Path) -> None:
        inputs = {"command": "release", "stage": "build", "dist": tmp_path.as_posix()}

        assert f"--dist={tmp_path.as_posix()}" == arguments(runner, inputs)[-1]

    @pytest.mark.parametrize(
        ("inputs", "said"),
        [
            ({"command": "do-release", "stage": "build"}, "stage is for command release"),
            (
                {"command": "release", "stage": "Build"},
                "stage is none of prepare, build, publish, all",
            ),
            (
                {"command": "release", "stage": "publish", "tag": "v2"},
                "stage publish needs commit: the output of the job that prepared the release",
            ),
            (
                {"command": "release", "stage": "publish", "commit": "abc"},
                "stage publish needs tag: the output of the job that prepared the release",
            ),
        ],
    )
    def test_a_stage_that_is_none_must_not_be_a_whole_release(
        self, runner: Runner, inputs: dict[str, str], said: str
    ) -> None:
        result = runner.run(inputs)

        assert (2, f"::error::{said}\n") == (result.code, result.log)

    @pytest.mark.parametrize("name", ["version", "version-override"])
    def test_the_version_has_two_names(self, runner: Runner, name: str) -> None:
        called = arguments(runner, {"command": "release", name: "2.0.0"})

        assert ["release", "--execute", "--version=2.0.0"] == called

    def test_two_names_with_one_value_are_one_version(self, runner: Runner) -> None:
        inputs = {"command": "release", "version": "2.0.0", "version-override": "2.0.0"}

        assert ["release", "--execute", "--version=2.0.0"] == arguments(runner, inputs)

    def test_two_values_for_one_version_are_refused_by_both_names(self, runner: Runner) -> None:
        inputs = {"command": "release", "version": "2.0.0", "version-override": "2.0.1"}

        result = runner.run(inputs)

        said = "version and version-override are two names of one input, and have different values"
        assert (2, f"::error::{said}\n") == (result.code, result.log)

    @pytest.mark.parametrize(
        ("name", "variable", "value"),
        [
            ("mode", "RELEASIO_MODE", "direct"),
            ("attestations", "RELEASIO_PUBLISH_ATTESTATIONS", "true"),
        ],
    )
    def test_settings_travel_in_the_environment(
        self, runner: Runner, name: str, variable: str, value: str
    ) -> None:
        runner.run({"command": "release", name: value})
        of_input = seen(runner)["env"][variable]
        runner.run({"command": "release"})
        of_nothing = seen(runner)["env"][variable]
        runner.env[variable] = "of-the-job"
        runner.run({"command": "release"})
        of_job = seen(runner)["env"][variable]

        assert (value, None, "of-the-job") == (of_input, of_nothing, of_job)

    @pytest.mark.parametrize(
        "name", ["dry-run", "execute", "skip-publish", "require-scope", "dev", "verbose"]
    )
    def test_a_switch_that_is_misspelt_stops_the_job(self, runner: Runner, name: str) -> None:
        result = runner.run({"command": "release", name: "TRUE"})

        assert (2, f"::error::{name} is neither 'true' nor 'false'\n") == (result.code, result.log)


class TestSecrets:
    def test_tokens_travel_in_the_environment_and_nowhere_else(self, runner: Runner) -> None:
        token = "pypi-made-up"

        result = runner.run({"command": "release", "pypi-token": token})

        assert token == seen(runner)["env"]["RELEASIO_TOKEN"]
        assert not [word for word in seen(runner)["arguments"] if token in word]
        assert token not in result.log

    def test_a_token_of_the_job_counts_when_the_input_is_empty(self, runner: Runner) -> None:
        runner.env["RELEASIO_TOKEN"] = token = "pypi-of-the-job"

        runner.run({"command": "release"})

        assert token == seen(runner)["env"]["RELEASIO_TOKEN"]

    def test_no_token_is_not_an_empty_one(self, runner: Runner) -> None:
        """
        Else every release by trusted publishing would report a token that is set, but empty.
        """
        runner.run({"command": "release"})

        assert seen(runner)["env"]["RELEASIO_TOKEN"] is None

    def test_git_is_given_the_token_when_it_asks(self, runner: Runner) -> None:
        """
        So the checkout can do without credentials on disk (`persist-credentials: false`).
        """
        runner.run({"command": "release", "github-token": "ghs_made-up"})

        assert "username=x-access-token\npassword=ghs_made-up\n" in seen(runner)["git"]

    def test_settings_for_git_in_the_environment_stay(self, runner: Runner) -> None:
        runner.env |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.username",
            "GIT_CONFIG_VALUE_0": "somebody",
        }

        runner.run({"command": "release"})

        assert "password=ghs_of-the-job" in seen(runner)["git"]


class TestIdentity:
    def test_a_runner_without_a_name_commits_as_the_bot(self, runner: Runner) -> None:
        nobody = runner.temp / "gitconfig"
        nobody.touch()
        runner.env["GIT_CONFIG_GLOBAL"] = str(nobody)

        runner.run({"command": "release"})

        bot = "41898282+github-actions[bot]@users.noreply.github.com"
        assert bot == seen(runner)["env"]["GIT_COMMITTER_EMAIL"]

    def test_a_name_that_is_set_stays(self, runner: Runner) -> None:
        runner.run({"command": "release"})

        assert seen(runner)["env"]["GIT_COMMITTER_EMAIL"] is None


class TestHostileInputs:
    """
    Inputs are often filled from events: a branch name, a title. None becomes code.
    """

    @pytest.mark.parametrize("value", HOSTILE)
    def test_text_stays_one_argument(self, runner: Runner, value: str) -> None:
        called = arguments(
            runner,
            {"command": "do-release", "prerelease": value, "version-override": value}
            | {"registry": value, "package": value, "mode": value, "attestations": value},
        )

        names = ("prerelease", "version", "registry", "package")
        assert [f"--{name}={value}" for name in names] == called[2:]
        assert untouched(runner)

    @pytest.mark.parametrize("value", HOSTILE)
    def test_a_token_is_only_ever_a_variable(self, runner: Runner, value: str) -> None:
        inputs = {"command": "do-release", "pypi-token": value, "github-token": value}

        called = arguments(runner, inputs)

        assert value == seen(runner)["env"]["RELEASIO_TOKEN"]
        assert value == seen(runner)["env"]["GITHUB_TOKEN"]
        assert called == ["do-release", "--dry-run"]
        assert untouched(runner)

    @pytest.mark.parametrize("value", [*HOSTILE, "", "release --execute", "yank", "--help"])
    def test_an_unknown_command_is_refused_without_repeating_it(
        self, runner: Runner, value: str
    ) -> None:
        result = runner.run({"command": value})

        said = f"::error::command is none of {', '.join(COMMANDS)}\n"
        assert said == result.log
        assert untouched(runner)
        assert not (runner.workspace.parent / "seen.json").exists()

    @pytest.mark.parametrize(
        "value", [*(v for v in HOSTILE if not v.startswith("-")), "1.0 --index-url=x", "1;2", "1@x"]
    )
    def test_a_version_of_releasio_that_is_none_installs_nothing(
        self, runner: Runner, value: str
    ) -> None:
        runner.done = {}

        result = runner.run({"command": "check", "releasio-version": value})

        said = "::error::releasio-version is not a version\n"
        assert said == result.log
        assert untouched(runner)


class TestOutputs:
    def test_what_releasio_wrote_becomes_the_outputs_of_the_action(self, runner: Runner) -> None:
        expected = dict.fromkeys(OUTPUTS, "") | {"version": "1.2.0", "tag": "v1.2.0"}

        assert expected == runner.run({"command": "check"}).outputs
