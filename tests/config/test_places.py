from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.config.tables.model import Config
from tests.config.places import complaints, write

if TYPE_CHECKING:
    from pathlib import Path

DOT = 'default_branch = "dot"\n'
PLAIN = 'default_branch = "plain"\n'
MANIFEST = '[project]\nname = "demo"\n[tool.releasio]\ndefault_branch = "manifest"\n'
BARE = '[project]\nname = "demo"\n'


class TestPrecedence:
    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            ({}, "main"),
            ({"pyproject.toml": BARE}, "main"),
            ({"pyproject.toml": MANIFEST}, "manifest"),
            ({"pyproject.toml": MANIFEST, "releasio.toml": PLAIN}, "plain"),
            ({"releasio.toml": PLAIN, ".releasio.toml": DOT}, "dot"),
            ({"pyproject.toml": MANIFEST, "../.releasio.toml": DOT}, "manifest"),
            ({"pyproject.toml": BARE, "../.releasio.toml": DOT}, "dot"),
            ({"../.releasio.toml": DOT}, "dot"),
            ({"../releasio.toml": PLAIN}, "main"),
            ({"../pyproject.toml": MANIFEST}, "manifest"),
            ({"pyproject.toml": BARE, "../pyproject.toml": MANIFEST}, "main"),
        ],
    )
    def test_the_nearest_file_counts(
        self, tmp_path: Path, files: dict[str, str], expected: str
    ) -> None:
        project = tmp_path / "project"
        project.mkdir()
        write(project, files)

        assert expected == load(project, {}).config.default_branch

    def test_the_first_file_counts_alone(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": DOT, "releasio.toml": 'mode = "pull-request"\n'})

        assert Config(default_branch="dot") == load(tmp_path, {}).config

    def test_the_search_ends_at_the_root_of_the_repository(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": DOT, "repo/.git/HEAD": "", "repo/sub/empty": ""})

        assert Config() == load(tmp_path / "repo" / "sub", {}).config

    def test_a_file_at_the_root_of_the_repository_is_found(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": DOT, ".git": "gitdir: x\n", "sub/empty": ""})

        settings = load(tmp_path / "sub", {})

        assert tmp_path / ".releasio.toml" == settings.source
        assert "../.releasio.toml:1" == settings.origins["default_branch"]

    def test_settings_that_are_not_read_are_named(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": DOT, "pyproject.toml": MANIFEST})

        assert (
            ".releasio.toml is read alone: the settings in pyproject.toml have no effect",
        ) == load(tmp_path, {}).notices


class TestFilesThatCannotBeRead:
    def test_invalid_toml_names_the_line(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": 'mode = "direct"\n[publish\n'})

        [(message, hint)] = complaints(tmp_path)

        assert message.startswith(".releasio.toml:2: not valid TOML: Expected ']'")
        assert "A table may be opened only once, and strings stand between quotes." == hint

    def test_a_table_opened_twice_is_invalid_toml(self, tmp_path: Path) -> None:
        write(tmp_path, {"releasio.toml": "[publish]\n[hooks]\n[publish]\n"})

        [(message, _)] = complaints(tmp_path)

        assert message.startswith("releasio.toml:3: not valid TOML: Cannot declare")

    def test_an_unfinished_file_is_invalid_toml(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": 'mode = """'})

        [(message, _)] = complaints(tmp_path)

        assert ".releasio.toml: not valid TOML: Unterminated string" == message

    @pytest.mark.parametrize("text", ["a = " + "[" * 9999, "a = " + "9" * 9999])
    def test_what_python_gives_up_on_is_invalid_toml(self, tmp_path: Path, text: str) -> None:
        write(tmp_path, {".releasio.toml": text})

        [(message, _)] = complaints(tmp_path)

        assert message.startswith(".releasio.toml: not valid TOML: ")

    def test_a_file_that_is_not_utf_8_names_the_line(self, tmp_path: Path) -> None:
        (tmp_path / ".releasio.toml").write_bytes(b'mode = "direct"\n# \xe9t\xe9\n')

        assert [
            (".releasio.toml:2: cannot be read: it is not UTF-8", "Save the file as UTF-8.")
        ] == complaints(tmp_path)

    def test_a_directory_in_place_of_the_file_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / ".releasio.toml").mkdir()

        [(message, hint)] = complaints(tmp_path)

        assert message.startswith(".releasio.toml: cannot be read: ")
        assert "It must be a file, and you must be allowed to read it." == hint

    def test_a_broken_manifest_without_our_table_is_not_our_business(self, tmp_path: Path) -> None:
        write(tmp_path, {"pyproject.toml": "[project\n"})

        assert Config() == load(tmp_path, {}).config

    @pytest.mark.parametrize(
        "text", ["tool = 5 # releasio", "[tool]\nreleasio = 5", "tool = []#releasio"]
    )
    def test_a_table_that_is_none(self, tmp_path: Path, text: str) -> None:
        write(tmp_path, {"pyproject.toml": text})

        messages = [message for message, _ in complaints(tmp_path)]

        assert (
            ["pyproject.toml:2: `tool.releasio` must be a table, not 5"] if "\n" in text else []
        ) == messages


class TestText:
    def test_a_byte_order_mark_and_crlf_are_fine(self, tmp_path: Path) -> None:
        file = tmp_path / ".releasio.toml"
        file.write_bytes(b'\xef\xbb\xbfmode = "direct"\r\n\r\ndefault_branch = "x"\r\n')

        settings = load(tmp_path, {})

        assert "x" == settings.config.default_branch
        assert ".releasio.toml:3" == settings.origins["default_branch"]

    def test_a_relative_directory_is_meant_from_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, {".releasio.toml": DOT})
        monkeypatch.chdir(tmp_path)

        assert "dot" == load(type(tmp_path)(), {}).config.default_branch
