"""Placeholders become values; values never become commands."""

from __future__ import annotations

import pytest

from releasio.errors.files.build import HookValueUnsafe
from releasio.rules.running.hooks import hook_environment, render

PLAIN = {"version": "1.2.0rc1", "tag": "core/v1.2.0", "branch": "main", "date": "2026-11-21"}


class TestPlainValues:
    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            ("make v={version}", "make v=1.2.0rc1"),
            ("echo '{version}' \"{tag}\" {branch}", "echo '1.2.0rc1' \"core/v1.2.0\" main"),
            ("awk '{print $1}' f", "awk '{print $1}' f"),
            ("echo ${HOME} ${version} $version", "echo ${HOME} ${version} $version"),
            ("jinja {{version}} {{ tag }}", "jinja {{version}} {{ tag }}"),
            ('echo \'{"version": "{version}"}\'', 'echo \'{"version": "1.2.0rc1"}\''),
            ("echo {unknown} {} {0} {a,b} {Version}", "echo {unknown} {} {0} {a,b} {Version}"),
            ("for f in *; do { echo $f; }; done", "for f in *; do { echo $f; }; done"),
            ("", ""),
        ],
    )
    @pytest.mark.parametrize("windows", [False, True])
    def test_are_put_in_as_they_are_and_other_braces_stay(
        self, *, command: str, expected: str, windows: bool
    ) -> None:
        assert expected == render(command, PLAIN, windows=windows)


class TestOtherValuesInAPosixShell:
    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            ("cd {project_path}", 'cd "${RELEASIO_PROJECT_PATH}"'),
            ("cd {project_path}/src", 'cd "${RELEASIO_PROJECT_PATH}"/src'),
            ('cd "{project_path}/src"', 'cd "${RELEASIO_PROJECT_PATH}/src"'),
            ("cd '{project_path}'", "cd ''\"${RELEASIO_PROJECT_PATH}\"''"),
            (r"echo \" {project_path}", r'echo \" "${RELEASIO_PROJECT_PATH}"'),
            (r"echo '\' {project_path}", r"""echo '\' "${RELEASIO_PROJECT_PATH}\""""[:-2] + '"'),
        ],
    )
    def test_are_references_quoted_as_their_place_demands(
        self, command: str, expected: str
    ) -> None:
        assert expected == render(command, {"project_path": "/my projects (new)/demo"})

    def test_outside_quotes_anything_goes(self) -> None:
        command = render("echo {branch}", {"branch": "x; rm -rf ~"})

        assert 'echo "${RELEASIO_BRANCH}"' == command

    @pytest.mark.parametrize("command", ["sh -c 'echo {branch}'", 'sh -c "echo {branch}"'])
    @pytest.mark.parametrize(
        "branch", ["x;rm", "$(id)", "`id`", "a'b", 'a"b', "a|b", "a&b", "a\nb"]
    )
    def test_inside_quotes_what_an_inner_shell_would_act_on_is_refused(
        self, command: str, branch: str
    ) -> None:
        with pytest.raises(HookValueUnsafe) as caught:
            render(command, {"branch": branch})

        assert (
            f"{{branch}} stands inside quotes in a hook, and its value {branch!r} has characters "
            "that would be acted on there"
        ) == caught.value.message
        assert (
            "Write {branch} without quotes around it, or let the program read the environment "
            "variable RELEASIO_BRANCH itself."
        ) == caught.value.hint


class TestOtherValuesInCmd:
    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            ("cd {project_path}", 'cd "C:\\Program Files (x86)\\demo"'),
            ('cd "{project_path}"', 'cd "C:\\Program Files (x86)\\demo"'),
            ("cd '{project_path}'", "cd '\"C:\\Program Files (x86)\\demo\"'"),
        ],
    )
    def test_are_values_in_double_quotes(self, command: str, expected: str) -> None:
        variables = {"project_path": "C:\\Program Files (x86)\\demo"}

        assert expected == render(command, variables, windows=True)

    @pytest.mark.parametrize("branch", ["x&del", "%PATH%", 'a"b', "a^b", "a|b", "a>b", "!x!"])
    def test_are_refused_when_cmd_would_act_on_them(self, branch: str) -> None:
        with pytest.raises(HookValueUnsafe) as caught:
            render("echo {branch}", {"branch": branch}, windows=True)

        assert (
            f"{{branch}} stands in a hook, and its value {branch!r} has characters that would be "
            "acted on there"
        ) == caught.value.message
        assert (
            "Let the program read the environment variable RELEASIO_BRANCH itself."
        ) == caught.value.hint


class TestHookEnvironment:
    def test_names_each_variable_in_capitals(self) -> None:
        given = {"version": "1.0", "prev_version": "0.9"}

        assert {"RELEASIO_VERSION": "1.0", "RELEASIO_PREV_VERSION": "0.9"} == hook_environment(
            given
        )
