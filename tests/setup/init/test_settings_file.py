"""The settings file that init writes, or edits."""

from __future__ import annotations

import tomllib

import pytest

from releasio.errors.config import SettingsNotRewritten
from releasio.setup.init.settings_file import settings_text

MODE = {("mode",): "pull-request"}
ROUTES = [{"tag": "v*-dev-*", "registry": "testpypi"}]
ALL = {
    **MODE,
    ("version", "tag_prefix"): "release-",
    ("publish", "routes"): ROUTES,
    ("branches", "beta", "match"): "beta",
    ("branches", "beta", "prerelease"): True,
}
TABLES = {
    "config_version": 3,
    "mode": "pull-request",
    "version": {"tag_prefix": "release-"},
    "publish": {"routes": ROUTES},
    "branches": {"beta": {"match": "beta", "prerelease": True}},
}


class TestNew:
    def test_has_all_settings_in_their_tables(self) -> None:
        assert TABLES == tomllib.loads(settings_text(".releasio.toml", None, ALL))

    def test_says_of_each_what_it_does(self) -> None:
        text = settings_text(".releasio.toml", None, MODE)

        assert (
            "# `direct`: `releasio release` raises the version itself. `pull-request`: it\n"
            "# releases only what a merged release pull request has prepared.\n"
            'mode = "pull-request"\n'
        ) in text
        assert max(map(len, text.splitlines())) <= 76

    def test_an_empty_file_is_as_good_as_none(self) -> None:
        assert settings_text("releasio.toml", "", MODE) == settings_text(
            "releasio.toml", None, MODE
        )


class TestAppended:
    @pytest.mark.parametrize(
        "text",
        [
            '[project]\nname = "demo"\n',
            '[project]\nname = "demo"',
            '[project]\r\nname = "demo"\r\n',
            '[tool.black]\nline-length = 100\n\n[project]\nname = "demo" # ours\n',
            "tool.black.line-length = 100\n",
            "",
        ],
    )
    def test_every_byte_before_stays(self, text: str) -> None:
        after = settings_text("pyproject.toml", text, ALL)

        assert after.startswith(text)
        assert TABLES == tomllib.loads(after)["tool"]["releasio"]
        assert after.count("\r\n") in {0, after.count("\n")}

    @pytest.mark.parametrize("text", ["tool = {}\n", "tool = { black = { x = 1 } }\n"])
    def test_where_no_table_fits_it_is_said_what_to_write(self, text: str) -> None:
        with pytest.raises(SettingsNotRewritten) as caught:
            settings_text("pyproject.toml", text, MODE)

        assert "[tool.releasio]" in caught.value.hint


class TestEdited:
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_comments_order_and_line_ends_stay(self, end: str) -> None:
        lines = ["# ours", "[tool.releasio]", 'mode = "direct" # for now', "", "[tool.x]", "y = 1"]
        after = settings_text("pyproject.toml", "".join(f"{line}{end}" for line in lines), MODE)

        lines[2] = 'mode = "pull-request" # for now'
        assert "".join(f"{line}{end}" for line in lines) == after

    def test_a_table_that_lacks_is_made(self) -> None:
        after = settings_text(".releasio.toml", "mode = 'direct'\n", ALL)

        assert {**TABLES, "config_version": None} == {
            **tomllib.loads(after),
            "config_version": None,
        }

    def test_config_version_is_for_its_authors_to_set(self) -> None:
        assert "config_version" not in settings_text(".releasio.toml", "allow_dirty = true\n", MODE)
